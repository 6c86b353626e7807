import type { Kubectl } from '../../kubectl';
import { remembered } from '../../remembered';

/** An object of Kubernetes. Checks add the fields that they read. */
export interface KubeObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp: string;
    readonly labels?: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
    readonly ownerReferences?: { readonly kind: string; readonly name: string }[];
  };
}

const INSTANCE = 'app.kubernetes.io/instance';

/** Live objects of one system. Each kind is read once, when a check asks for it. */
export class Objects {
  private readonly kinds = new Map<string, Promise<KubeObject[]>>();

  constructor(
    private readonly kubectl: Kubectl,
    private readonly prefix: string,
  ) {}

  /** All objects of a kind, such as `pods`. @throws CannotLook without the right to list them. */
  public async all<T extends KubeObject>(kind: string): Promise<T[]> {
    return (await remembered(this.kinds, kind, () => this.list(kind))) as T[];
  }

  /** An object by its full name; undefined if it does not exist. @throws CannotLook without the right to list them. */
  public async get<T extends KubeObject>(kind: string, name: string): Promise<T | undefined> {
    return (await this.all<T>(kind)).find(({ metadata }) => metadata.name === name);
  }

  private async list(kind: string): Promise<KubeObject[]> {
    const { items } = await this.kubectl.json<{ items: KubeObject[] }>('get', kind);
    return items.filter(({ metadata }) => belongs(metadata, this.prefix));
  }
}

/** Whether an object is of the system with this prefix. The objects of the original have no label that tells. */
export function belongs({ name, labels = {} }: Pick<KubeObject['metadata'], 'name' | 'labels'>, prefix: string) {
  const instance = labels['app.kubernetes.io/part-of'] === 'matrix' ? labels[INSTANCE] : undefined;
  return instance === undefined ? name.startsWith(`${prefix}matrix-`) : instance === `${prefix}matrix`;
}
