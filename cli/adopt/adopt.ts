import { parseArgs } from 'node:util';
import { checkedNamespace } from '../../lib/kubernetes/metadata/names';
import { Homeserver } from '../doctor/facts/homeserver';
import { Objects } from '../doctor/facts/objects';
import { Kubectl } from '../kubectl';
import type { Command } from '../program';
import { changes } from './changes';
import type { Claim, Installation, LiveService, Workload } from './installation';
import { obstacles } from './obstacles';
import { programText } from './program-text';

const USAGE = `usage: oriso-matrix adopt --namespace NAMESPACE

Looks at an installation of the original manifests, and changes nothing. It needs kubectl and KUBECONFIG.

It prints what applying this project over it changes, what cannot be changed in place, and a program for main.ts.
Exit code: 0 everything can be changed in place, 1 something cannot, 2 it could not be looked at.`;

/** `oriso-matrix adopt`: plans how this project takes the place of an installation. */
export const adopt: Command = { name: 'adopt', summary: 'plans a move from the original manifests', run };

async function run(args: string[]): Promise<number> {
  try {
    const options = { namespace: { type: 'string', short: 'n' }, help: { type: 'boolean' } } as const;
    const { namespace, help } = parseArgs({ args, options }).values;
    if (help) {
      console.log(USAGE);
      return 0;
    }
    if (namespace === undefined) {
      throw new Error('--namespace is missing: name the namespace of the installation, such as --namespace caritas');
    }
    const found = await look(checkedNamespace('--namespace', namespace));
    console.log(report(found));
    return obstacles(found).length > 0 ? 1 : 0;
  } catch (problem) {
    console.error(`adopt: ${(problem as Error).message}`);
    return 2;
  }
}

async function look(namespace: string): Promise<Installation> {
  const objects = new Objects(new Kubectl(namespace), '');
  const homeserver = await Homeserver.read(objects, 'matrix-homeserver-oidc');
  if (!homeserver.found) {
    throw new Error(`namespace ${namespace} has no ConfigMap matrix-homeserver-oidc: check the namespace`);
  }
  return {
    namespace,
    settings: homeserver.settings,
    workloads: [...(await objects.all<Workload>('deployments')), ...(await objects.all<Workload>('statefulsets'))],
    claims: await objects.all<Claim>('persistentvolumeclaims'),
    services: await objects.all<LiveService>('services'),
    cronJobs: (await objects.all('cronjobs')).map(({ metadata }) => metadata.name),
  };
}

function report(found: Installation): string {
  const cannot = obstacles(found);
  return [
    'What changes:',
    ...changes(found).map((line) => `- ${line}`),
    '',
    'What cannot be changed in place:',
    ...(cannot.length > 0 ? cannot : ['nothing']).map((line) => `- ${line}`),
    '',
    'A program for main.ts:',
    '',
    programText(found),
  ].join('\n');
}
