import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretScript } from '../support/secret-scripts';

const PLAN = {
  macaroon: { secret: 'synapse', passwords: ['macaroon', 'form'], effect: 'Nobody is logged out.' },
  'signing-key': { secret: 'identity', signingKey: 'signing.key', oldSigningKeys: 'old.yaml', effect: 'Fine.' },
};

describe('a rotation', () => {
  let script: SecretScript;
  const rotate = (what: keyof typeof PLAN) => script.run('rotate-secrets.py', 'plan.json', what);
  const oldKeys = () => JSON.parse(script.data('identity')['old.yaml']).old_signing_keys;

  beforeEach(() => {
    script = new SecretScript('secrets/rotate-secrets.py', 'secrets/new_values.py');
    writeFileSync(join(script.folder, 'plan.json'), JSON.stringify(PLAN));
    script.put({
      synapse: { macaroon: 'old-macaroon', form: 'old-form', registration: 'stays' },
      identity: { 'signing.key': 'ed25519 a_1111 first\n' },
    });
  });
  afterEach(() => script.remove());

  it('exchanges its keys in one request, leaves the others, and says no value', () => {
    const { status, said } = rotate('macaroon');
    expect(status).toBe(0);
    const { macaroon, form, registration } = script.data('synapse');
    expect(macaroon).toMatch(/^[\w-]{64}$/);
    expect(form).toMatch(/^[\w-]{64}$/);
    expect([macaroon === form, registration]).toEqual([false, 'stays']);
    expect(said).toBe(
      'rotate: Secret synapse has a new macaroon, form. What reads it takes it over within two minutes. Nobody is logged out.\n',
    );
    expect(script.calls()).toEqual(['GET synapse', 'PATCH synapse']);
  });

  it('has another value each time', () => {
    rotate('macaroon');
    const { macaroon } = script.data('synapse');
    expect(rotate('macaroon').status).toBe(0);
    expect(script.data('synapse').macaroon).not.toBe(macaroon);
  });

  it('looks again when somebody has changed the Secret in the meantime', () => {
    script.put({ synapse: { macaroon: 'old', form: 'old' } }, { meddle: true });
    expect(rotate('macaroon')).toMatchObject({
      status: 0,
      said: expect.stringContaining('has just changed, looking again'),
    });
    expect(script.calls()).toEqual(['GET synapse', 'PATCH synapse', 'GET synapse', 'PATCH synapse']);
    expect(script.data('synapse').form).not.toBe('old');
  });

  it.each([
    ['the Secret is missing', {}, {}, 'Secret synapse: 404 not found'],
    [
      'one of the keys is missing',
      { synapse: { macaroon: 'old' } },
      {},
      'Secret synapse has no form to put a new one in',
    ],
    ['it may not', { synapse: { macaroon: 'old', form: 'old' } }, { refuse: 'PATCH' }, 'Secret synapse: 403 forbidden'],
  ])('fails and changes nothing when %s', (_, secrets, how, message) => {
    script.put(secrets, how);
    const { status, said } = rotate('macaroon');
    expect([status, said]).toEqual([1, expect.stringContaining(message)]);
    expect('synapse' in secrets ? script.data('synapse') : {}).toEqual('synapse' in secrets ? secrets.synapse : {});
  });

  it('puts the public part of a signing key among the expired ones, and keeps it beside the new one', () => {
    const before = Date.now();
    expect(rotate('signing-key').status).toBe(0);
    const data = script.data('identity');
    expect(data['signing.key']).toMatch(/^ed25519 a_[0-9a-f]{4} new1\n$/);
    expect(data['signing.key.ed25519-a_1111']).toBe('ed25519 a_1111 first\n');
    expect(oldKeys()).toEqual({ 'ed25519:a_1111': { key: 'public of first', expired_ts: expect.any(Number) } });
    // Synapse still signs with it until it has started anew.
    expect(oldKeys()['ed25519:a_1111'].expired_ts).toBeGreaterThanOrEqual(before + 600_000);
    expect(oldKeys()['ed25519:a_1111'].expired_ts).toBeLessThan(before + 660_000);
    expect(data['old.yaml']).not.toContain('"first"');
  });

  it('keeps both when a signing key is rotated twice, and what an operator has put there', () => {
    const own = { old_signing_keys: { 'ed25519:auto': { key: 'x', expired_ts: 1 } } };
    script.put({ identity: { 'signing.key': 'ed25519 a_1111 first\n', 'old.yaml': JSON.stringify(own) } });
    rotate('signing-key');
    const [, version] = script.data('identity')['signing.key'].split(' ');
    const { expired_ts } = oldKeys()['ed25519:a_1111'];
    expect(rotate('signing-key').status).toBe(0);
    expect(Object.keys(oldKeys())).toEqual(['ed25519:auto', 'ed25519:a_1111', `ed25519:${version}`]);
    expect(oldKeys()['ed25519:a_1111'].expired_ts).toBe(expired_ts);
    expect(Object.keys(script.data('identity'))).toEqual(
      expect.arrayContaining(['signing.key.ed25519-a_1111', `signing.key.ed25519-${version}`]),
    );
  });
});
