import type { System } from './system';

/** How many rows each table of a dump of pg_dump has: `table|rows`, sorted. */
export function rowsOfDump(dump: string): string[] {
  const copies = dump.matchAll(/^COPY public\.(\S+) \(.*\) FROM stdin;\n([\s\S]*?)^\\\.$/gm);
  return [...copies].map(([, table, rows]) => `${table}|${rows.split('\n').length - 1}`).sort();
}

/** How many rows each table of the database has: `table|rows`, sorted. */
export async function rowsOfDatabase(system: System): Promise<string[]> {
  const query = "format('SELECT count(*) AS rows FROM %I', relname)";
  const rows = `(xpath('//rows/text()', query_to_xml(${query}, true, true, '')))[1]`;
  return (await system.sql(`SELECT relname || '|' || ${rows} FROM pg_stat_user_tables`)).split('\n').sort();
}
