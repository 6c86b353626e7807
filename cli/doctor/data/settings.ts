import { type Check, type Finding, fail, orOk, unknown, warn } from '../check';
import type { Homeserver } from '../facts/homeserver';

const ORIGINAL = 'docs/migration/original-manifests.md';

/** Whether homeserver.yaml is one that keeps messages safe. */
export const settings: Check = {
  name: 'homeserver',
  look: async ({ homeserver }) => judgeHomeserver(homeserver),
};

/** Settings by which data or people are at risk. Synthesis refuses them, so they are found in other installations. */
export function judgeHomeserver(homeserver: Homeserver): Finding[] {
  const { server_name, enable_registration, database } = homeserver.settings;
  if (!homeserver.found) {
    return [unknown('there is no ConfigMap with homeserver.yaml')];
  }
  const problems = [
    ...(homeserver.usesSqlite
      ? [fail(`the data is in SQLite (${database?.args?.database}), which no backup of PostgreSQL holds`, ORIGINAL)]
      : []),
    ...(enable_registration ? [warn('registration is open to everyone', ORIGINAL)] : []),
  ];
  return orOk(problems, `homeserver.yaml of ${server_name} uses PostgreSQL`);
}
