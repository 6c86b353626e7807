import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './manifests';

const LIB = join(__dirname, '..', '..', 'lib');

/** Each file of lib by its text. */
const FILES = new Map(
  readdirSync(LIB, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(sh|py|sql|cfg|conf|yaml)$/.test(path))
    .map((path) => [readFileSync(join(LIB, path), 'utf8'), `lib/${path}`]),
);

/** A manifest for a snapshot, which only names a file of lib where a ConfigMap has it as it is. */
export function withFileNames(manifest: Manifest): Manifest {
  const data = Object.entries<string>(manifest.data ?? {}).map(([key, text]) => [key, FILES.get(text) ?? text]);
  return manifest.data ? { ...manifest, data: Object.fromEntries(data) } : manifest;
}
