export type { MigrationSource } from './migration-source';
export { SqliteMigration, type SqliteMigrationProps } from './sqlite-migration';
