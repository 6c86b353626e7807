import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const PREFIX = 'oriso-matrix-test-';

/** Makes a folder for all temporary folders of a run, cdk8s' own too. */
export function makeTemporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), PREFIX));
}

/** Removes a folder that `makeTemporaryFolder` made, and only such a folder. */
export function removeTemporaryFolder(folder: string): void {
  if (basename(folder).startsWith(PREFIX)) {
    rmSync(folder, { recursive: true });
  }
}
