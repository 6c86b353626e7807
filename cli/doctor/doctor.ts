import { CannotLook, Kubectl } from '../kubectl';
import { Outside } from '../outside';
import { Inside } from '../port-forward';
import type { Command } from '../program';
import { type Check, type Finding, unknown } from './check';
import { CHECKS } from './checks';
import { Homeserver } from './facts/homeserver';
import { type KubeObject, Objects } from './facts/objects';
import { type DoctorOptions, doctorOptions, USAGE } from './options';
import { asJson, asText, exitCodeOf, type Reported } from './report';
import type { Situation } from './situation';

/** `oriso-matrix doctor`: looks at a running system. */
export const doctor: Command = { name: 'doctor', summary: 'looks at a running system, and changes nothing', run };

async function run(args: string[]): Promise<number> {
  try {
    const options = doctorOptions(args);
    if (!options) {
      console.log(USAGE);
      return 0;
    }
    const findings = await examined(options);
    console.log(options.json ? asJson(findings) : asText(findings));
    return exitCodeOf(findings);
  } catch (problem) {
    console.error(`doctor: ${(problem as Error).message}`);
    return 2;
  }
}

async function examined(options: DoctorOptions): Promise<Reported[]> {
  const kubectl = new Kubectl(options.namespace);
  const objects = new Objects(kubectl, options.prefix);
  const name = (short: string) => `${options.prefix}${short}`;
  await checkThatItIsThere(options, kubectl, objects);
  const situation: Situation = {
    options,
    kubectl,
    objects,
    homeserver: await Homeserver.read(objects, name('matrix-homeserver-oidc')),
    inside: new Inside(kubectl),
    outside: new Outside(options.resolve),
    now: Date.now(),
    name,
    command: (text) => `kubectl ${text} -n ${options.namespace}`,
  };
  try {
    const wanted = CHECKS.filter(({ fromOutside }) => !(fromOutside && options.inside));
    return (await Promise.all(wanted.map((check) => looked(check, situation)))).flat();
  } finally {
    situation.inside.close();
  }
}

async function looked(check: Check, situation: Situation): Promise<Reported[]> {
  // What one check cannot read, such as a damaged file, must not hide what the others find.
  const findings = await check
    .look(situation)
    .catch((problem): Finding[] => [
      unknown(
        problem instanceof CannotLook ? problem.message : `the doctor does not understand this: ${problem.stack}`,
      ),
    ]);
  return findings.map((finding) => ({ check: check.name, ...finding }));
}

/** @throws when there is no system, which a wrong namespace or prefix would make look like a healthy one. */
async function checkThatItIsThere({ namespace, prefix }: DoctorOptions, kubectl: Kubectl, objects: Objects) {
  if (await objects.get('deployments', `${prefix}matrix-synapse`)) {
    return;
  }
  const { items } = await kubectl.json<{ items: KubeObject[] }>('get', 'deployments');
  const others = items.flatMap(({ metadata }) => /^(.*)matrix-synapse$/.exec(metadata.name)?.[1] ?? []);
  const found = others.length > 0 ? `; there are systems with --prefix '${others.join("', '")}'` : '';
  throw new Error(
    `namespace ${namespace} has no Deployment ${prefix}matrix-synapse${found}: check namespace and prefix`,
  );
}
