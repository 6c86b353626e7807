import { ApiObject, App, type Chart, JsonPatch, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkCall } from '../checks/checked';

/** Returns every Kubernetes object below a construct. */
export function objectsOf(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject);
}

/** Returns the key that identifies an object in a cluster: API group, kind, namespace and name. */
export function objectKey(object: ApiObject): string {
  return `${object.apiGroup}/${object.kind} ${object.metadata.namespace ?? '(no namespace)'}/${object.name}`;
}

/**
 * Makes synthesis fail when two objects of the app have the same name, or would be written to the same file.
 *
 * cdk8s does not check this for fixed names, and the last object would silently replace the other. The check runs once
 * per app, no matter how many charts request it.
 */
export function checkUniqueNames(scope: IConstruct): void {
  const app = scope.node.root;
  if (checkedApps.has(app)) {
    return;
  }
  checkedApps.add(app);
  app.node.addValidation({
    validate: () => [
      ...shared(app, objectKey).map(
        ([key, paths]) =>
          `${key} is declared twice, at ${paths}: set a namePrefix or another namespace for one of the two systems`,
      ),
      ...(app instanceof App && app.yamlOutputType === YamlOutputType.FILE_PER_RESOURCE ? shared(app, fileOf) : []).map(
        ([file, paths]) =>
          `yamlOutputType FILE_PER_RESOURCE writes ${paths} to the same file ${file}: use YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE`,
      ),
    ],
  });
}

/** Returns what two objects share, with the paths of both. */
function shared(app: IConstruct, keyOf: (object: ApiObject) => string): [key: string, paths: string][] {
  const earlier = new Map<string, string>();
  return objectsOf(app).flatMap((object): [string, string][] => {
    const key = keyOf(object);
    const first = earlier.get(key);
    earlier.set(key, object.node.path);
    return first === undefined ? [] : [[key, `${first} and ${object.node.path}`]];
  });
}

/** Returns the name under which cdk8s writes an object to a file of its own. */
function fileOf(object: ApiObject): string {
  return `${object.kind}.${object.name}`;
}

const checkedApps = new WeakSet<IConstruct>();

/**
 * Sets a field that has no prop. Synthesis fails when the field is missing from the output.
 *
 * cdk8s silently drops fields that its types do not know, so a lost hardening would go unnoticed.
 *
 * @param pointer JSON pointer of the field, such as `/spec/template/spec/priorityClassName`. Its parent must exist.
 * @throws when the chart has no such object, or the pointer is not a valid JSON pointer.
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function patchField(chart: Chart, kind: string, name: string, pointer: string, value: unknown): void {
  checkCall('patchField', [chart, kind, name, pointer, value]);
  const object = objectsOf(chart).find((candidate) => candidate.kind === kind && candidate.name === name);
  if (!object) {
    const known = objectsOf(chart)
      .filter((candidate) => candidate.kind === kind)
      .map((candidate) => candidate.name);
    throw new Error(
      `patchField: the chart '${chart.node.path}' has no ${kind} '${name}' to patch: use ${known.join(' or ') || `another kind, because it has no ${kind}`}`,
    );
  }
  if (!pointer.startsWith('/')) {
    throw new Error(
      `patchField: '${pointer}' is not a valid JSON pointer: begin it with '/', such as /spec/template/spec/priorityClassName`,
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
          `${kind} '${name}' has no ${missing} after synthesis, because cdk8s does not know that field: use a raw ApiObject instead`,
      );
    },
  });
}

/** Returns pointers to the fields of a patch that are missing from the output: cdk8s also drops nested fields. */
function missingFields(value: unknown, arrived: unknown, pointer: string): string[] {
  if (arrived === undefined) {
    return [pointer];
  }
  // Class instances, such as Quantity, are rendered in another form and are not compared.
  const plain = Array.isArray(value) || (value !== null && Object.getPrototypeOf(value) === Object.prototype);
  return plain
    ? Object.entries(value as object).flatMap(([key, one]) =>
        one === undefined ? [] : missingFields(one, fieldOf(arrived, key), `${pointer}/${key}`),
      )
    : [];
}

/** Finds a field regardless of case, because cdk8s names clusterIP clusterIp; `-` is the last element of an array. */
function fieldOf(parent: unknown, key: string): unknown {
  if (Array.isArray(parent) && key === '-') {
    return parent.at(-1);
  }
  return Object.entries(parent ?? {}).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}
