import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MOVE = 'migration/from-the-original.md';
const ACCOUNTS = 'how-to/accounts-and-administrators.md';

/** Where commands are printed that end-to-end tests run: page below docs/, and heading. */
export const PRINTED = {
  login: ['quickstart.md', '## 3. Log in'],
  firstMessage: ['quickstart.md', '## 4. Send a message'],
  backup: ['operations/backup.md', '## Make a backup now'],
  restore: ['operations/restore.md', '## Restore to the last message'],
  lostVolumes: ['operations/lost-volumes.md', '## Delete and recreate the claims'],
  lostCluster: ['operations/lost-cluster.md', '## Restore into a new cluster'],
  administratorToken: [ACCOUNTS, "## Get an administrator's token"],
  makeAccount: [ACCOUNTS, '## Make an account'],
  makeAdministrator: [ACCOUNTS, '## Make an account an administrator'],
  resetPassword: [ACCOUNTS, '## Reset a password'],
  administratorPassword: [ACCOUNTS, "## Change the first administrator's password"],
  listAccounts: [ACCOUNTS, '## List accounts'],
  deactivateAccount: [ACCOUNTS, '## Deactivate an account'],
  endSession: [ACCOUNTS, '## End your session'],
  growClaims: ['how-to/grow-a-claim.md', '## If it cannot, and the size is not enforced'],
  overlay: ['how-to/gitops.md', '### Apply an overlay that changes Jobs'],
  doctor: ['operations/doctor.md', '## Look at a system'],
  moveDatabase: ['how-to/replicated-database.md', '## Move an existing database'],
  restoreReplicated: ['operations/restore-replicated-database.md', '## Steps'],
  applyByKind: ['how-to/workers.md', '## Apply one kind at a time'],
  changeWriters: ['how-to/workers.md', '## Change the writers'],
  restoreWithWorkers: ['how-to/workers.md', '## Restore'],
  rotation: ['how-to/rotate-secrets.md', '## Rotate one secret'],
  beforeMove: [MOVE, '## Before the window'],
  stopWriters: [MOVE, '## Stop what writes'],
  newSystem: [MOVE, '## Put the new system in place'],
  moveData: [MOVE, '## Move the data'],
  startMoved: [MOVE, '## Start it'],
  goBack: [MOVE, '## Go back'],
} as const;

/** A procedure of the documentation. */
export type Procedure = keyof typeof PRINTED;

const HEADING = /^#{1,6} /;

/** The `sh` blocks of a section of a page, in their order, without the indentation that the steps of a list give them. */
export function commandsBelow(text: string, heading: string): string {
  const lines = text.split('\n');
  const start = lines.indexOf(heading);
  const commands: string[] = [];
  let fence: { indentation: number; shell: boolean } | undefined;
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    const [, spaces = '', language] = /^( *)```(\w*)$/.exec(line) ?? [];
    if (language !== undefined) {
      fence = fence ? undefined : { indentation: spaces.length, shell: language === 'sh' };
    } else if (fence?.shell) {
      commands.push(`${line.slice(fence.indentation)}\n`);
    } else if (!fence && HEADING.test(line)) {
      break;
    }
  }
  if (commands.length === 0) {
    throw new Error(`the page has no commands below '${heading}'`);
  }
  return commands.join('');
}

/** The commands of a procedure of the documentation, as they are printed. */
export function printedCommands(procedure: Procedure): string {
  const [page, heading] = PRINTED[procedure];
  return commandsBelow(readFileSync(join(__dirname, '..', '..', '..', 'docs', page), 'utf8'), heading);
}
