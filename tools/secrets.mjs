// Prints the Secrets that the pods below a folder of YAML need and that nothing in it makes, one a line with its key:
// `node tools/secrets.mjs dist`. They must exist before it is applied: a pod waits for a Secret that is missing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const [folder] = process.argv.slice(2);

/** Secrets and keys that a value refers to, wherever in it a pod is. */
function secretsIn(value) {
  if (value === null || typeof value !== 'object') {
    return [];
  }
  const { secretKeyRef: env, secret: volume } = value;
  return [
    ...(env?.name && !env.optional ? [`${env.name} ${env.key}`] : []),
    ...(volume?.name && !volume.optional ? (volume.items ?? []).map(({ key }) => `${volume.name} ${key}`) : []),
    ...Object.values(value).flatMap(secretsIn),
  ];
}

/** Names of Secrets that an object makes: the plan of the Job, or what an operator copies or generates. */
function madeBy({ kind, metadata, data, spec }) {
  const plan = kind === 'ConfigMap' && /matrix-secrets$/.test(metadata.name) ? JSON.parse(data['plan.json']) : [];
  const ofDatabase = kind === 'Cluster' ? [`${metadata.name}-app`, `${metadata.name}-ca`] : [];
  return [...plan.map(({ name }) => name), ...(kind === 'ExternalSecret' ? [spec.target.name] : []), ...ofDatabase];
}

const objects = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.ya?ml$/.test(path))
  .flatMap((path) => parseAllDocuments(readFileSync(join(folder, path), 'utf8')).map((one) => one.toJS()))
  .filter(Boolean);
const made = objects.flatMap(madeBy);
const needed = objects.flatMap(secretsIn).filter((line) => !made.includes(line.split(' ')[0]));
process.stdout.write(
  [...new Set(needed)]
    .sort()
    .map((line) => `${line}\n`)
    .join(''),
);
