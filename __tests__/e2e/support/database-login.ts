import type { System } from './system';

/** Connects to PostgreSQL over the network, as Synapse does, and gives what it is told. */
const CONNECT = `
import json, psycopg2, sys
try:
    psycopg2.connect(host="matrix-postgres-service", connect_timeout=5, **json.loads(sys.argv[1]))
    print("let in")
except psycopg2.OperationalError as problem:
    print(problem)
`;

/** Who wants in, and for what. */
export interface DatabaseLogin {
  readonly user: string;
  readonly password: string;
  /** Not into a database, but to copy all of them. @default - into Synapse's */
  readonly replication?: 'true';
}

/** What PostgreSQL says to somebody from Synapse's pod: `let in`, or why not. */
export async function logIn(system: System, login: DatabaseLogin): Promise<string> {
  const asked = JSON.stringify({ dbname: 'synapse', ...login });
  return (await system.exec('deployment/matrix-synapse', 'python3', '-c', CONNECT, asked)).trim();
}
