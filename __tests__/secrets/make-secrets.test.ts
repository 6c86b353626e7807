import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SecretData, SecretScript } from '../support/secret-scripts';

const LABELS = { app: 'secrets' };
const PLAN = [
  { name: 'identity', labels: LABELS, keys: { 'signing.key': { make: 'signing-key' } } },
  { name: 'synapse', labels: LABELS, keys: { registration: { make: 'password' }, form: { make: 'password' } } },
  { name: 'admin', labels: LABELS, keys: { username: { value: 'root' }, password: { make: 'password' } } },
  { name: 'backup', labels: LABELS, comesFirst: true, keys: { password: { make: 'password' } } },
];
const PASSWORD = expect.stringMatching(/^[\w-]{64}$/);
/** All that the plan wants, as an operator or an earlier run has put it there. */
const THERE = {
  identity: { 'signing.key': 'ed25519 a_1111 first\n' },
  synapse: { registration: 'shared', form: 'old' },
  admin: { username: 'somebody', password: 'chosen' },
  backup: { password: 'in the safe' },
};

describe('the Job that makes Secrets', () => {
  let script: SecretScript;
  const make = () => script.run('make-secrets.py', 'plan.json');
  const changes = () => script.calls().filter((call) => !call.startsWith('GET'));

  beforeEach(() => {
    script = new SecretScript('secrets/make-secrets.py', 'secrets/new_values.py');
    writeFileSync(join(script.folder, 'plan.json'), JSON.stringify(PLAN));
  });
  afterEach(() => script.remove());

  it('makes all of a new system, each value another one, and says none', () => {
    const { status, said } = make();
    expect(status).toBe(0);
    expect(script.data('identity')).toEqual({ 'signing.key': expect.stringMatching(/^ed25519 a_[0-9a-f]{4} new1\n$/) });
    expect(script.data('synapse')).toEqual({ registration: PASSWORD, form: PASSWORD });
    expect(script.data('admin')).toEqual({ username: 'root', password: PASSWORD });
    expect(script.data('backup')).toEqual({ password: PASSWORD });
    const values = ['synapse', 'admin', 'backup'].flatMap((name) => Object.values(script.data(name)));
    expect(new Set(values).size).toBe(5);
    expect(said).toBe(
      PLAN.map(({ name, keys }) => `make-secrets: Secret ${name} got ${Object.keys(keys).join(', ')}\n`).join(''),
    );
  });

  it('changes nothing that is there, whatever the plan would put there', () => {
    const own = { ...THERE, synapse: { ...THERE.synapse, 'of an operator': 'own' } };
    script.put(own);
    expect(make().status).toBe(0);
    expect(changes()).toEqual([]);
    expect(script.data('admin')).toEqual(THERE.admin);
  });

  it('adds a key that is missing, and leaves the others', () => {
    script.put({ ...THERE, synapse: { registration: 'shared' } });
    expect(make()).toMatchObject({ status: 0, said: expect.stringContaining('Secret synapse got form\n') });
    expect(script.data('synapse')).toEqual({ registration: 'shared', form: PASSWORD });
    expect(changes()).toEqual(['PATCH synapse']);
  });

  it('fails when a key is there without a value: it may be somebody who fills it next', () => {
    const synapse = { registration: '', form: 'old' };
    script.put({ ...THERE, synapse });
    expect(make()).toEqual({
      status: 1,
      said: expect.stringContaining('Secret synapse has no value for registration: fill it, or take the key away'),
    });
    expect(script.data('synapse')).toEqual(synapse);
    expect(changes()).toEqual([]);
  });

  it('looks again when somebody has changed the Secret in the meantime', () => {
    script.put({ ...THERE, synapse: { registration: 'shared' } }, { meddle: true });
    expect(make()).toMatchObject({
      status: 0,
      said: expect.stringContaining('Secret synapse has just changed, looking again'),
    });
    expect(changes()).toEqual(['PATCH synapse', 'PATCH synapse']);
    expect(script.data('synapse')).toEqual({ registration: 'shared', form: PASSWORD });
  });

  it('looks again when somebody else has made the Secret, keeps that value and adds what is missing', () => {
    const { synapse, ...others } = THERE;
    script.put(others, { meddle: true });
    expect(make().status).toBe(0);
    expect(script.data('synapse')).toEqual({ registration: 'somebody else', form: PASSWORD });
    expect(changes()).toEqual(['POST secrets', 'PATCH synapse']);
  });

  it.each<[string, { [name: string]: SecretData }]>([
    ['the Secret is missing', {}],
    ['its key is', { identity: { 'signing.key.before-S': 'ed25519 a_0000 other\n' } }],
  ])('fails and makes no second signing key where other Secrets are there: %s', (_, identity) => {
    const { synapse } = THERE;
    script.put({ ...identity, synapse });
    const { status, said } = make();
    expect([status, said]).toEqual([1, expect.stringContaining('has no signing key, but the system is not new')]);
    expect(said).toContain('kubectl create secret generic identity --from-file=signing.key=FILE');
    expect(changes()).toEqual([]);
  });

  it('makes the signing key where only that is there which comes before a system', () => {
    const { backup } = THERE;
    script.put({ backup });
    expect(make().status).toBe(0);
    expect(script.data('identity')).toHaveProperty(['signing.key']);
    expect(script.data('backup')).toEqual(backup);
  });

  it.each(['GET', 'POST'])('fails when it may not %s', (refuse) => {
    script.put({}, { refuse });
    expect(make()).toEqual({ status: 1, said: 'make-secrets: Secret identity: 403 forbidden\n' });
    expect(changes()).toEqual(refuse === 'GET' ? [] : ['POST secrets']);
  });
});
