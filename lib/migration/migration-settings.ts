import type { IMatrixDatabase } from '../postgres/database';
import type { IMatrixHomeserver } from '../synapse/homeserver';
import type { System } from '../system';
import { checkedFile, type MigrationSource } from './migration-source';
import type { ProgramSettings } from './program/program-files';

/** What the program of a move works on. */
export interface MigrationParts extends MigrationSource {
  /** The system whose homeserver takes the old one's place. */
  readonly system: System;
  /** The database that the data is moved into. */
  readonly database: IMatrixDatabase;
  /** The homeserver that runs on it afterwards, on whose claim the old server's files are. */
  readonly homeserver: IMatrixHomeserver;
}

/**
 * Settings of the program.
 *
 * @throws when a file name is not valid.
 */
export function migrationSettings(parts: MigrationParts): ProgramSettings {
  const { system, database, homeserver, sqlite, signingKey } = parts;
  return {
    server_name: system.serverName,
    synapse: homeserver.workloadName,
    database: database.backup?.workloadName ?? null,
    sqlite: checkedFile('sqlite', sqlite ?? 'homeserver.db'),
    signing_key: checkedFile('signingKey', signingKey ?? `${system.serverName.replace(/[[\]]/g, '')}.signing.key`),
    media_store: 'media_store',
    signing_key_secret: homeserver.signingKey.secretName,
    prefix: system.namePrefix,
  };
}

/**
 * Checks that the homeserver writes to the database.
 *
 * @throws when it has another one.
 */
export function checkSameDatabase({ database, homeserver }: MigrationParts): void {
  if (homeserver.databaseKey !== database.databaseKey) {
    throw new Error(
      `homeserver '${homeserver.workloadName}' writes to database '${homeserver.databaseKey}', not to '${database.databaseKey}': use ` +
        'the database that it writes to',
    );
  }
}
