import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileBeside } from '../../kubernetes/files';
import { KUBERNETES_API } from '../../python/python';

/** settings.json, as the program reads it; see settings.py. */
export interface ProgramSettings {
  readonly server_name: string;
  readonly synapse: string;
  /** Null when it is managed elsewhere. */
  readonly database: string | null;
  readonly sqlite: string;
  readonly signing_key: string;
  readonly media_store: string;
  readonly signing_key_secret: string;
  readonly prefix: string;
}

/** Files of the ConfigMap with the program. A ConfigMap has no folders, so they are flattened. */
export function programFiles(settings: ProgramSettings): { [name: string]: string } {
  const folder = join(__dirname, 'matrix_migration');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.py'))
    .map((path): [string, string] => [basename(path), fileBeside(folder, path)])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ...Object.fromEntries(sources),
    ...KUBERNETES_API,
    'settings.json': `${JSON.stringify(settings, null, 2)}\n`,
  };
}
