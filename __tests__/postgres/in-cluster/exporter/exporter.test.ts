import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { exporter } from '../../../../lib/postgres/in-cluster/exporter/exporter';
import { recordedMetrics } from '../../../support/promql';

const container = exporter('exporter:1', 'matrix');
const QUERIES = join(__dirname, '../../../../lib/postgres/in-cluster/exporter/queries.yaml');

it('logs in over the socket as a role that needs no password', () => {
  const [source] = container.env ?? [];
  expect(source.value).toContain('host=/var/run/postgresql user=metrics dbname=matrix');
  expect(JSON.stringify(container)).not.toMatch(/password/i);
});

it('does not wait for a lock, so that a locked table leaves all other metrics', () => {
  expect(container.env?.[0].value).toContain("options='-c lock_timeout=1s'");
});

it('runs as the user that pg_ident.conf lets be this role, and not as that of the database', () => {
  const ident = readFileSync(join(__dirname, '../../../../lib/postgres/in-cluster/exporter/pg_ident.conf'), 'utf8');
  expect(ident).toMatch(/^pod +nobody +metrics$/m);
  // The ID of that user on Alpine and Debian.
  expect(container.uid).toBe(65534);
});

it('mounts neither the data nor the passwords of the roles', () => {
  expect(container.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual(['/etc/postgresql', '/var/run/postgresql']);
});

it('reads no rows and no statements', () => {
  const queries: { [name: string]: { query: string } } = parse(readFileSync(QUERIES, 'utf8'));
  for (const { query } of Object.values(queries)) {
    const tables = [...query.matchAll(/\b(?:FROM|JOIN) ([a-z_]+)/g)].map(([, name]) => name);
    expect(tables.filter((name) => !/^(pg_\w+|now)$/.test(name))).toEqual([]);
    expect(query).not.toMatch(/pg_stat_activity\.query|\bquery\b|pg_stat_statements/);
  }
});

it('gives the metrics that were recorded of a running system', () => {
  const queries: { [name: string]: { metrics: { [name: string]: { usage: string } }[] } } = parse(
    readFileSync(QUERIES, 'utf8'),
  );
  const names = Object.entries(queries).flatMap(([prefix, { metrics }]) =>
    metrics.flatMap((one) =>
      Object.entries(one).flatMap(([name, { usage }]) => (usage === 'LABEL' ? [] : [`${prefix}_${name}`])),
    ),
  );
  expect(names.filter((name) => !recordedMetrics().has(name))).toEqual([]);
});
