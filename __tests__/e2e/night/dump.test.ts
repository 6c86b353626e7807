import { Device } from '../support/device';
import { Witness } from '../support/witness';

jest.setTimeout(300_000);

describe('a restored dump', () => {
  let witness: Witness;
  let system: string;
  let device: Device;

  const identifier = () => witness.asked('SELECT system_identifier FROM pg_control_system()');
  const keys = () => witness.asked('SELECT count(*) FROM e2e_one_time_keys_json');

  beforeAll(async () => {
    witness = await Witness.install('dump');
    device = await Device.of(witness.conversation.matrix, witness.conversation.account);
    await device.upload(2);
    system = await identifier();
    await witness.say('in the set');
    await witness.backUp();
    await witness.say('in the copy');
  });
  afterAll(async () => witness?.system.remove());

  it('is made beside the backups, and listed', async () => {
    expect(await witness.succeeds('backup-dump')).toMatch(/dump: dump-\d{8}T\d{6}Z is stored/);
    expect(await witness.succeeds('backup-list')).toMatch(/^dump-\d{8}T\d{6}Z, of PostgreSQL 17$/m);
  });

  it('becomes a new database that Synapse accepts', async () => {
    await witness.say('after the copy');
    await witness.restore({ dump: 'true' });
    expect(await witness.said()).toEqual(['in the set', 'in the copy']);
    expect(await identifier()).not.toBe(system);
    expect(await witness.guard()).toMatch(
      /^epoch-guard: after the restore of dump-\d{8}T\d{6}Z: one-time keys are emptied\n$/,
    );
    expect(await witness.conversation.matrix.login('admin', witness.conversation.account.password)).toBeTruthy();
  });

  it('has no one-time keys', async () => {
    expect(await keys()).toBe('0');
    expect(await device.claim()).toBeUndefined();
  });

  it('is backed up and restored like any other database', async () => {
    await witness.say('in the new database');
    const set = await witness.backUp();
    await witness.say('after the new set');
    await witness.shipped();
    const log = await witness.restore({ set });
    expect(log).toContain(`restore: done, ${set}`);
    expect(await witness.said()).toEqual(['in the set', 'in the copy', 'in the new database', 'after the new set']);
  });

  it('is drilled', async () => {
    expect(await witness.succeeds('restore-drill')).toMatch(/^drill: \S+ set \S+ restored in /m);
  });
});

describe('the undo of a restored dump', () => {
  let witness: Witness;

  beforeAll(async () => {
    witness = await Witness.install('dump');
    await witness.backUp();
    await witness.succeeds('backup-dump');
    await witness.say('after the copy');
    await witness.restore({ dump: 'true' });
  });
  afterAll(async () => witness?.system.remove());

  it('brings back the previous database', async () => {
    expect(await witness.said()).toEqual([]);
    await witness.restore({ undo: 'true' });
    expect(await witness.said()).toEqual(['after the copy']);
  });

  it('leaves a system that can be backed up and restored', async () => {
    await witness.say('after the undoing');
    await witness.backUp();
    await witness.restore();
    expect(await witness.said()).toEqual(['after the copy', 'after the undoing']);
  });
});
