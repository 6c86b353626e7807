import { ApiObject, type Chart, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Every Kubernetes object below a construct. */
export function objectsOf(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject);
}

/** What two objects of a cluster may not share. */
export function objectKey(object: ApiObject): string {
  return `${object.apiGroup}/${object.kind} ${object.metadata.namespace ?? '(no namespace)'}/${object.name}`;
}

/**
 * Fails the synthesis when two objects of the app have one name: the one applied last would silently replace the other.
 *
 * cdk8s gives fixed names without a look at the neighbours. The check is made once an app, however many charts ask for it.
 */
export function checkUniqueNames(scope: IConstruct): void {
  const app = scope.node.root;
  if (checkedApps.has(app)) {
    return;
  }
  checkedApps.add(app);
  app.node.addValidation({
    validate: () => {
      const paths = new Map<string, string>();
      return objectsOf(app).flatMap((object) => {
        const key = objectKey(object);
        const earlier = paths.get(key);
        paths.set(key, object.node.path);
        return earlier === undefined
          ? []
          : [
              `${key} is made twice, at ${earlier} and ${object.node.path}: give one of the two systems a namePrefix or another namespace`,
            ];
      });
    },
  });
}

const checkedApps = new WeakSet<IConstruct>();

/**
 * Sets a field that no prop reaches, and fails the synthesis when it does not arrive in the output.
 *
 * cdk8s drops what its types do not know; a hardening that vanishes so would be missed by nobody.
 *
 * @param pointer path of the field as a JSON pointer: `/spec/template/spec/priorityClassName`. Its parent must exist.
 * @throws when the chart has no such object, or the pointer is none.
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function patchField(chart: Chart, kind: string, name: string, pointer: string, value: unknown): void {
  const object = objectsOf(chart).find((candidate) => candidate.kind === kind && candidate.name === name);
  if (!object) {
    const known = objectsOf(chart)
      .filter((candidate) => candidate.kind === kind)
      .map((candidate) => candidate.name);
    throw new Error(`there is no ${kind} '${name}' to patch; there is ${known.join(', ') || `no ${kind} at all`}`);
  }
  if (!pointer.startsWith('/')) {
    throw new Error(
      `'${pointer}' is no JSON pointer: begin it with '/', such as /spec/template/spec/priorityClassName`,
    );
  }
  object.addJsonPatch(JsonPatch.add(pointer, value));
  object.node.addValidation({
    validate: () => {
      const keys = pointer
        .split('/')
        .slice(1)
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
      const arrived = keys.reduce(fieldOf, object.toJson() as unknown);
      return missingFields(value, arrived, pointer).map(
        (missing) =>
          `${kind} '${name}' has no ${missing} after synthesis: cdk8s does not know that field, write the object as a raw ApiObject`,
      );
    },
  });
}

/** Where a patch has left something out: cdk8s drops single fields of a value too. */
function missingFields(value: unknown, arrived: unknown, pointer: string): string[] {
  if (arrived === undefined) {
    return [pointer];
  }
  // What is not plain, such as a Quantity, is rendered in its own way.
  const plain = Array.isArray(value) || (value !== null && Object.getPrototypeOf(value) === Object.prototype);
  return plain
    ? Object.entries(value as object).flatMap(([key, one]) =>
        one === undefined ? [] : missingFields(one, fieldOf(arrived, key), `${pointer}/${key}`),
      )
    : [];
}

/** A field under its name in cdk8s, which writes clusterIp for clusterIP; `-` is the last of an array. */
function fieldOf(parent: unknown, key: string): unknown {
  if (Array.isArray(parent) && key === '-') {
    return parent.at(-1);
  }
  return Object.entries(parent ?? {}).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}
