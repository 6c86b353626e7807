import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CannotLook } from '../../kubectl';

/** An object as it was rendered. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The objects of a namespace in a file or folder with YAML. @throws CannotLook when there are none. */
export function renderedObjects(path: string, namespace: string): Rendered[] {
  const all = filesOf(path).flatMap((file) => documentsOf(file));
  const own = all.filter(({ metadata }) => metadata.namespace === namespace);
  if (own.length === 0) {
    const others = [...new Set(all.map(({ metadata }) => metadata.namespace ?? 'none'))].join(', ');
    throw new CannotLook(`${path} has no object of the namespace ${namespace}${others && `, but of: ${others}`}`);
  }
  return own;
}

function filesOf(path: string): string[] {
  try {
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(path, file))
      : [path];
    return files.filter((file) => /\.(ya?ml|json)$/.test(file)).sort();
  } catch {
    throw new CannotLook(`${path} cannot be read: name the folder or file with the YAML that was applied`);
  }
}

function documentsOf(file: string): Rendered[] {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'));
  const broken = documents.find(({ errors }) => errors.length > 0);
  if (broken) {
    throw new CannotLook(`${file} is not valid YAML: ${broken.errors[0].message.split('\n')[0]}`);
  }
  return documents.map((one) => one.toJSON()).filter((one): one is Rendered => one?.kind && one.metadata?.name);
}
