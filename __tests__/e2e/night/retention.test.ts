import { Witness } from '../support/witness';

jest.setTimeout(300_000);

interface Snapshot {
  readonly id: string;
  readonly time: string;
  readonly tags: string[];
}

describe('backups on the backup claim', () => {
  let witness: Witness;
  const sets: string[] = [];

  const snapshots = async (tag: string): Promise<Snapshot[]> =>
    JSON.parse(await witness.restic('snapshots', '--json', '--tag', tag));
  const fact = ({ tags }: Snapshot, name: string) =>
    tags.find((tag) => tag.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';

  beforeAll(async () => {
    witness = await Witness.install('retention');
    for (const text of ['one', 'two', 'three']) {
      await witness.say(text);
      sets.push(await witness.backUp());
    }
    await witness.say('after the last set');
    await witness.shipped();
  });
  afterAll(async () => witness?.system.remove());

  it('are undamaged', async () => {
    expect(await witness.succeeds('backup-verify')).toMatch(/^verify: all of \/backup\/repository .* is whole/m);
  });

  it('are kept according to the retention', async () => {
    await witness.keepOne();
    await witness.system.kubectl(['set', 'env', 'cronjob/matrix-backup-prune', 'REPACK_STEP=20M']);
    const pruned = await witness.succeeds('backup-prune');
    expect(pruned).toContain('prune: 2 backups are forgotten, 1 are kept');
    // Takes turns with the agent, so that the last run has nothing left to do.
    expect(Number(/(\d+) steps$/m.exec(pruned)?.[1])).toBeGreaterThan(1);
    expect((await snapshots('set')).map((one) => fact(one, 'id'))).toEqual(sets.slice(-1));
  });

  it('are removed with their data, but not with WAL that other backups need', async () => {
    const [kept] = await snapshots('set');
    expect((await snapshots('data')).map(({ id }) => id)).toEqual([fact(kept, 'data')]);
    const log = await snapshots('wal');
    expect(log.filter((one) => one.tags.includes('sealed')).map((one) => fact(one, 'for'))).toEqual([fact(kept, 'id')]);
    const files = await Promise.all(log.map(({ id }) => witness.restic('ls', '--recursive', id)));
    expect(files.join('')).toContain(fact(kept, 'first'));
  });

  it('can be restored to the end of the WAL after others were removed', async () => {
    await witness.restore();
    expect(await witness.said()).toEqual(['one', 'two', 'three', 'after the last set']);
  });
});
