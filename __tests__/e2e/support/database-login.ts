import type { System } from './system';

/** Connects to PostgreSQL over the network, as Synapse does, and prints the answer. */
const CONNECT = `
import json, psycopg2, sys
try:
    psycopg2.connect(host="matrix-postgres-service", connect_timeout=5, **json.loads(sys.argv[1]))
    print("let in")
except psycopg2.OperationalError as problem:
    print(problem)
`;

/** A login to PostgreSQL. */
export interface DatabaseLogin {
  readonly user: string;
  readonly password: string;
  /** Replication, which reads all databases, instead of one database. @default - Synapse's database */
  readonly replication?: 'true';
}

/** The result of a login from Synapse's pod: `let in`, or the error. */
export async function logIn(system: System, login: DatabaseLogin): Promise<string> {
  const asked = JSON.stringify({ dbname: 'synapse', ...login });
  return (await system.exec('deployment/matrix-synapse', 'python3', '-c', CONNECT, asked)).trim();
}
