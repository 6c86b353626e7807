import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The text of a file that lies beside the construct it belongs to: part of the program, as its code is.
 *
 * @param folder `__dirname` of the construct.
 */
export function fileBeside(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** The module through which our Python scripts speak to Kubernetes. */
export const KUBE_PY = fileBeside(__dirname, 'kube.py');
