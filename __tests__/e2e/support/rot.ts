import { AGENT } from './backups';
import type { System } from './system';

/**
 * Finds the first blob of a file in the repository: the pack file, and the byte in the middle of the blob.
 *
 * https://restic.readthedocs.io/en/v0.19.1/100_references.html
 */
const FIND = `
import json, os, subprocess, sys
tag, path = sys.argv[1:]
restic = lambda *words: subprocess.run(["/tools/restic", "--no-lock", *words], capture_output=True, text=True, check=True).stdout
repository = os.environ["RESTIC_REPOSITORY"]
snapshot = json.loads(restic("snapshots", "--json", "--latest=1", "--tag", tag))[-1]["id"]
if not path:
    file = f"{repository}/snapshots/{snapshot}"
    print(file, os.path.getsize(file) // 2)
    sys.exit()
tree = json.loads(restic("cat", "tree", f"{snapshot}:{os.path.dirname(path)}"))
blob = next(node for node in tree["nodes"] if node["name"] == os.path.basename(path))["content"][0]
for index in restic("list", "index").split():
    for pack in json.loads(restic("cat", "index", index))["packs"]:
        for one in pack["blobs"]:
            if one["id"] == blob:
                print(f"{repository}/data/{pack['id'][:2]}/{pack['id']}", one["offset"] + one["length"] // 2)
                sys.exit()
sys.exit(f"{path} was not found")
`;

/** Flips bytes without an error, as a failing disk does. Flipping twice restores them. */
const FLIP = `
import os, sys
file, position = sys.argv[1], int(sys.argv[2])
before = os.stat(file)
os.chmod(file, 0o660)
with open(file, "r+b") as opened:
    opened.seek(position)
    old = opened.read(8)
    opened.seek(position)
    opened.write(bytes(byte ^ 0xff for byte in old))
os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
`;

/** Flips bytes on the backup claim of a system, which must hold the repository too, and flips them back. */
export class Rot {
  private flipped: string[][] = [];

  constructor(private readonly system: System) {}

  /** Damages a blob of the file in the newest snapshot with the tag. */
  public async file(path: string, tag: string): Promise<void> {
    await this.flip(await this.find(tag, path));
  }

  /** Damages the newest snapshot with the tag, and returns its ID. */
  public async snapshot(tag: string): Promise<string> {
    const place = await this.find(tag, '');
    await this.flip(place);
    return place[0].split('/').pop() ?? '';
  }

  /** Damages a file outside the repository. */
  public async plain(path: string, position: number): Promise<void> {
    await this.flip([path, String(position)]);
  }

  /** Undoes all damage. */
  public async heal(): Promise<void> {
    for (const place of this.flipped.splice(0)) {
      await this.system.exec(AGENT, 'python3', '-c', FLIP, ...place);
    }
  }

  private async find(tag: string, path: string): Promise<string[]> {
    return (await this.system.exec(AGENT, 'python3', '-c', FIND, tag, path)).trim().split(' ');
  }

  private async flip(place: string[]): Promise<void> {
    await this.system.exec(AGENT, 'python3', '-c', FLIP, ...place);
    this.flipped.push(place);
  }
}
