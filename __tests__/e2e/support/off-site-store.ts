import { SYNAPSE_IMAGE } from '../../../lib/python/synapse-image';
import { eventually, kubectl } from './kubectl';
import { makeNamespace, removeNamespace } from './system';

/** A user of a store. */
export interface StoreUser {
  readonly name: string;
  readonly password: string;
}

/** Folder of the one repository in each store. */
const REPOSITORY = '/volume/data/backups';

const LIST = `
import os
for folder, _, names in os.walk("${REPOSITORY}"):
    for name in names: print(os.path.relpath(os.path.join(folder, name), "${REPOSITORY}"))
`;

const SEARCH = `
import os, sys
for folder, _, names in os.walk("${REPOSITORY}"):
    for name in names:
        if bytes.fromhex(sys.argv[1]) in open(os.path.join(folder, name), "rb").read(): print(name)
`;

/** Changes the file in place, so that its size and the metadata of the store stay. */
const FLIP = `
import os, sys
with open(os.path.join("${REPOSITORY}", sys.argv[1]), "r+b") as file:
    middle = os.fstat(file.fileno()).st_size // 2
    file.seek(middle)
    old = file.read(16)
    file.seek(middle)
    file.write(bytes(byte ^ 0xff for byte in old))
`;

/** Keeps the first half of a file. */
const CUT = `
import os, sys
path = os.path.join("${REPOSITORY}", sys.argv[1])
os.truncate(path, os.path.getsize(path) // 2)
`;

/** A store in another namespace, which stays when that of the system is deleted. */
export abstract class OffSiteStore {
  protected readonly namespace: string;
  /** Its name inside the cluster. */
  public readonly host: string;

  protected constructor(name: string) {
    this.namespace = `matrix-e2e-${name}-store`;
    this.host = `store.${this.namespace}.svc.cluster.local`;
  }

  /** Applies containers that share a volume, and waits until they answer. */
  protected async apply(containers: object[], ports: number[], more: object[] = []): Promise<void> {
    await removeNamespace(this.namespace);
    await makeNamespace(this.namespace);
    const app = { app: 'store' };
    const mount = { volumeMounts: [{ name: 'volume', mountPath: '/volume' }] };
    // Reads the files with tools that the images of the stores may lack.
    const hands = { name: 'hands', image: SYNAPSE_IMAGE.reference, command: ['sleep', 'infinity'] };
    const spec = {
      terminationGracePeriodSeconds: 0,
      volumes: [{ name: 'volume', persistentVolumeClaim: { claimName: 'volume' } }],
      containers: [hands, ...containers].map((container) => ({ ...mount, ...container })),
    };
    const objects = [
      ...more,
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'volume' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'store' },
        spec: { selector: app, ports: ports.map((port) => ({ name: `p${port}`, port })) },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'store' },
        spec: {
          strategy: { type: 'Recreate' },
          selector: { matchLabels: app },
          template: { metadata: { labels: app }, spec },
        },
      },
    ];
    await kubectl(
      ['apply', '-n', this.namespace, '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
    );
    await this.answers();
  }

  /** Begins an outage. The data stays. */
  public async stop(): Promise<void> {
    await kubectl(['scale', 'deployment/store', '--replicas=0', '-n', this.namespace]);
    await kubectl(['wait', '--for=delete', 'pod', '-l', 'app=store', '-n', this.namespace, '--timeout=60s']);
  }

  /** Ends an outage. */
  public async start(): Promise<void> {
    await kubectl(['scale', 'deployment/store', '--replicas=1', '-n', this.namespace]);
    await this.answers();
  }

  /** Paths of all files in the repository: `config`, `data/08/0898…`. */
  public async files(): Promise<string[]> {
    return (await this.exec('hands', 'python3', '-c', LIST)).split('\n').filter(Boolean).sort();
  }

  /** Whether a file of the store contains these bytes unencrypted. */
  public async holds(bytes: string | Buffer): Promise<boolean> {
    return (await this.exec('hands', 'python3', '-c', SEARCH, Buffer.from(bytes).toString('hex'))) !== '';
  }

  /** Flips some bytes in the middle of the first file whose path matches, and returns its path. */
  public corrupt(path: RegExp): Promise<string> {
    return this.change(path, 'python3', '-c', FLIP);
  }

  /** Cuts off half of the first file whose path matches, and returns its path. */
  public cut(path: RegExp): Promise<string> {
    return this.change(path, 'python3', '-c', CUT);
  }

  /** Removes the first file whose path matches, and returns its path. */
  public lose(path: RegExp): Promise<string> {
    return this.change(path, 'sh', '-c', `rm "${REPOSITORY}/$0"`);
  }

  private async change(path: RegExp, ...command: string[]): Promise<string> {
    const file = (await this.files()).find((each) => path.test(each));
    if (!file) {
      throw new Error(`the store has no file ${path}`);
    }
    await this.exec('hands', ...command, file);
    return file;
  }

  public remove(): Promise<void> {
    return removeNamespace(this.namespace);
  }

  protected exec(container: string, ...command: string[]): Promise<string> {
    return kubectl(['exec', '-n', this.namespace, 'deployment/store', '-c', container, '--', ...command]);
  }

  protected async answers(): Promise<void> {
    await kubectl(['rollout', 'status', 'deployment/store', '-n', this.namespace, '--timeout=120s']);
    const args = ['get', 'endpoints', 'store', '-n', this.namespace, '-o', 'jsonpath={.subsets[0].addresses[0].ip}'];
    await eventually('an address of the store', 30, () => kubectl(args));
  }
}
