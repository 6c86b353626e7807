// Prints the images of all pods below a folder of YAML, one a line: `node tools/images.mjs dist`. With a registry, such as
// `node tools/images.mjs dist registry.example.org/mirror`, each line says from where to where an image is to be copied.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const [folder, registry] = process.argv.slice(2);

/** References in the containers of a value, wherever in it a pod is, and those that an operator puts into its pods. */
function imagesIn(value) {
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return Object.entries(value).flatMap(([key, one]) => [
    ...(/^(c|initC|ephemeralC)ontainers$/.test(key) && Array.isArray(one) ? one.map(({ image }) => image) : []),
    ...(key === 'imageName' ? [one] : []),
    ...imagesIn(one),
  ]);
}

/** Where an image is, and its place in the registry: a tag keeps a registry from clearing up what has a digest alone. */
function copyOf(image) {
  const source = image.startsWith(`${registry}/`) ? image.slice(registry.length + 1) : image;
  const [tagged, digest] = source.split('@');
  const tag = /:[^:/]+$/;
  const exact = digest ? `${tagged.replace(tag, '')}@${digest}` : source;
  return `${exact} ${registry}/${tag.test(tagged) ? tagged : exact}`;
}

const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.ya?ml$/.test(path))
  .map((path) => readFileSync(join(folder, path), 'utf8'));
const images = texts.flatMap((text) => parseAllDocuments(text).flatMap((document) => imagesIn(document.toJS())));
const lines = [...new Set(images)].map((image) => (registry ? copyOf(image) : image)).sort();
process.stdout.write(lines.map((line) => `${line}\n`).join(''));
