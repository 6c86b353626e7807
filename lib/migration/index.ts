export type { MigrationParts } from './migration-settings';
export type { MigrationSource } from './migration-source';
export { SqliteMigration, type SqliteMigrationProps } from './sqlite-migration';
export { PostgresUpgrade, type PostgresUpgradeProps } from './upgrade/postgres-upgrade';
