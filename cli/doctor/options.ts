import { parseArgs } from 'node:util';
import { checkedNamespace } from '../../lib/kubernetes/metadata/names';

/** Options of `doctor`. */
export interface DoctorOptions {
  readonly namespace: string;
  /** Prefix of the names of the system's objects. */
  readonly prefix: string;
  /** Folder or file with the YAML that was applied. */
  readonly rendered?: string;
  /** Whether public addresses are left out. */
  readonly inside: boolean;
  readonly json: boolean;
  /** Addresses to connect to, by `host:port`. */
  readonly resolve: ReadonlyMap<string, string>;
}

export const USAGE = `usage: oriso-matrix doctor --namespace NAMESPACE [OPTIONS]

Looks at a running system, and changes nothing. It needs kubectl and KUBECONFIG.

  -n, --namespace NAMESPACE     namespace of the system
  --prefix PREFIX               namePrefix of the system, if it has one
  --rendered PATH               folder or file with the YAML that was applied, to compare with
  --resolve HOST:PORT:ADDRESS   connect to ADDRESS, or ADDRESS:PORT, instead of asking DNS; may be repeated
  --inside                      leave out what is asked at the public addresses
  --json                        print JSON
  --help                        print this

Exit code: 0 nothing failed, 1 something failed, 2 something could not be looked at.
NODE_EXTRA_CA_CERTS=FILE names a private CA.`;

/** Options from the command line; undefined for `--help`. @throws when one is not valid. */
export function doctorOptions(args: string[]): DoctorOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      namespace: { type: 'string', short: 'n' },
      prefix: { type: 'string', default: '' },
      rendered: { type: 'string' },
      resolve: { type: 'string', multiple: true, default: [] },
      inside: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    return undefined;
  }
  if (values.namespace === undefined) {
    throw new Error('--namespace is missing: name the namespace of the system, such as --namespace caritas');
  }
  return {
    namespace: checkedNamespace('--namespace', values.namespace),
    prefix: values.prefix,
    rendered: values.rendered,
    inside: values.inside,
    json: values.json,
    resolve: new Map(values.resolve.map(resolved)),
  };
}

/** The parts of `host:port:address`. The address may have a port of its own, or be of IPv6 in brackets. */
function resolved(text: string): [string, string] {
  const [, host, port, address] = /^([^:]+):(\d+):(\S+)$/.exec(text) ?? [];
  if (!address) {
    throw new Error(`--resolve '${text}' is not HOST:PORT:ADDRESS: use a value such as example.org:443:192.0.2.1`);
  }
  return [`${host}:${port}`, /^([^:]+|\[[^\]]+\]):\d+$/.test(address) ? address : `${address}:${port}`];
}
