import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How restic ends, and what it prints: text as it is, all else as JSON. */
export interface Said {
  readonly code?: number;
  readonly lines?: unknown[];
}

/** An executable that answers for restic, in a folder that is the backup claim too. */
export class Restic {
  constructor(private readonly folder: string) {}

  /** Has it answer by its command, or by that and what comes next; anything else succeeds and prints nothing. */
  public answer(answers: { [command: string]: Said }): void {
    const script = `#!/usr/bin/env python3
import json, sys
words = [one for one in sys.argv[1:] if one not in ("--quiet", "--json", "--no-lock")]
with open(${JSON.stringify(join(this.folder, 'calls'))}, "a") as file:
    print(*words, file=file)
answers = json.loads(${JSON.stringify(JSON.stringify(answers))})
said = answers.get(" ".join(words[:2])) or answers.get(words[0]) or {}
for line in said.get("lines", []):
    print(line if isinstance(line, str) else json.dumps(line))
sys.exit(said.get("code", 0))
`;
    writeFileSync(join(this.folder, 'restic'), script);
    chmodSync(join(this.folder, 'restic'), 0o755);
  }

  /** What scripts need to find it. */
  public env(): { [name: string]: string } {
    const { folder } = this;
    return { BACKUP: folder, RESTIC: join(folder, 'restic'), RESTIC_REPOSITORY: join(folder, 'repository') };
  }

  /** What it was asked, without the options that it is always given. */
  public calls(): string[] {
    const path = join(this.folder, 'calls');
    return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
  }
}
