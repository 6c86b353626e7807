import { code, page, table } from './markdown';

/** The names and meanings of a dictionary `MEANINGS` in Python: one pair on each line. */
export function meaningsOf(python: string): [string, string][] {
  const [, body] = /^MEANINGS = \{\n(.*?)^\}/ms.exec(python) ?? ['', ''];
  return [...body.matchAll(/^ {4}"(\w+)": "(.*)",$/gm)].map(([, name, meaning]) => [name, meaning]);
}

/** The metrics of the backup agent, of the synthetic user and of the token service of calls. */
export function metricsPage(python: string, ofSyntheticUser: string, ofTokenService: string): string {
  return page(
    'Metrics',
    'Who may read metrics, and what to alert on: [Watch the system](../how-to/metrics.md).',
    '## Backups',
    'The backup agent serves them at `/metrics` on port 9090. All are gauges. Those of a job appear when it has ' +
      'succeeded once; those that begin with `matrix_log_` need a database in the cluster.',
    meaningsTable(python),
    '`matrix_backup_problem` has the label `part`: `archive`, `log`, `annotations`, `notes`, or the name of a job.',
    '## Synthetic user',
    'It serves them at `/metrics` on port 9090. The steps are `well_known`, `federation`, `login`, `room`, `sync`, `send`, ' +
      '`deliver`, `read`, `upload`, `download` and `turn`; those that the system does not have are missing.',
    meaningsTable(ofSyntheticUser),
    '## Token service of calls',
    'It serves them at `/metrics` on port 9090.',
    meaningsTable(ofTokenService),
    '## Synapse, PostgreSQL and the proxies',
    '- PostgreSQL, port 9187: [its exporter](https://github.com/prometheus-community/postgres_exporter), and what `queries.yaml` adds as `matrix_postgres_…`\n' +
      '- Synapse, port 9000: `matrix_media_volume_free_bytes` and `matrix_media_volume_size_bytes`, the free room on the ' +
      'claim of the media and its size, and [its own metrics](https://element-hq.github.io/synapse/latest/metrics-howto.html)\n' +
      '- HAProxy, port 8404: [its exporter](https://github.com/haproxy/haproxy/blob/master/addons/promex/README)',
  );
}

function meaningsTable(python: string): string {
  return table(
    ['metric', 'meaning'],
    meaningsOf(python).map(([name, meaning]) => [code(name), meaning]),
  );
}
