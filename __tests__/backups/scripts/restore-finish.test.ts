import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SecretData, SecretScript } from '../../support/secret-scripts';

describe('the last step of a restore', () => {
  let script: SecretScript;
  const path = (name: string) => join(script.folder, name);

  /** Restores a set with these Secrets. */
  const finish = (set: { [name: string]: SecretData }, choice = '', passwords = 'database') => {
    mkdirSync(path('handover/secrets'), { recursive: true });
    writeFileSync(path('handover/plan'), `set=S\n${choice}`);
    writeFileSync(path('handover/restored'), '');
    writeFileSync(path('marker'), '');
    writeFileSync(path('handover/predecessors'), 'older\n');
    mkdirSync(path('receiver'), { recursive: true });
    for (const [name, data] of Object.entries(set)) {
      mkdirSync(path(`handover/secrets/${name}`));
      for (const [key, text] of Object.entries(data)) {
        writeFileSync(path(`handover/secrets/${name}/${key}`), text);
      }
    }
    return script.run(
      'restore-finish.py',
      'identity/signing.key,identity/old.yaml',
      passwords,
      'choice',
      path('marker'),
      path('predecessors'),
      path('receiver'),
    );
  };

  beforeEach(() => {
    script = new SecretScript('backups/scripts/restore-finish.py');
    const text = readFileSync(path('restore-finish.py'), 'utf8');
    writeFileSync(path('restore-finish.py'), text.replaceAll('/handover', path('handover')));
  });
  afterEach(() => script.remove());

  it('takes the place of whoever has filled the repository, and leaves no log that was brought', () => {
    writeFileSync(path('predecessors'), 'oldest\n');
    expect(finish({}).status).toBe(0);
    expect(readFileSync(path('predecessors'), 'utf8')).toBe('oldest\nolder\n');
    expect([existsSync(path('receiver')), existsSync(path('marker'))]).toEqual([false, false]);
  });

  it('makes Secrets that are missing, earlier signing keys and all', () => {
    const identity = { 'signing.key': 'ed25519 b key\n', 'old.yaml': '{}' };
    expect(finish({ identity })).toMatchObject({
      status: 0,
      said: expect.stringContaining('Secret identity was missing'),
    });
    expect(script.data('identity')).toEqual(identity);
  });

  it('puts the identity of the set in the place of another, keeps that, and leaves other Secrets', () => {
    script.put({ identity: { 'signing.key': 'other', 'old.yaml': 'others' }, synapse: { form: 'now' } });
    const { said } = finish({ identity: { 'signing.key': 'ours', 'old.yaml': 'of ours' }, synapse: { form: 'then' } });
    expect(said).toContain('Secret synapse holds other values than the set for form, and keeps them');
    expect(script.data('synapse')).toEqual({ form: 'now' });
    expect(script.data('identity')).toEqual({
      'signing.key': 'ours',
      'signing.key.before-S': 'other',
      'old.yaml': 'of ours',
      'old.yaml.before-S': 'others',
    });
  });

  it.each(['', 'secrets=true\n'])(
    'keeps a signing key that took the place of that of the set (choice %j)',
    (choice) => {
      const identity = { 'signing.key': 'third', 'old.yaml': 'first, second', 'signing.key.ed25519-2': 'second' };
      script.put({ identity });
      const { status, said } = finish({ identity: { 'signing.key': 'second', 'old.yaml': 'first' } }, choice);
      expect(status).toBe(0);
      expect(said).toContain('Secret identity keeps its signing key, which took the place of that of the set');
      expect(script.data('identity')).toEqual(identity);
    },
  );

  it('does not take a key that an earlier restore moved aside for one that was rotated', () => {
    script.put({ identity: { 'signing.key': 'other', 'signing.key.before-R': 'ours' } });
    finish({ identity: { 'signing.key': 'ours' } });
    expect(script.data('identity')['signing.key']).toBe('ours');
  });

  it('brings all back that was chosen, but passwords of the database', () => {
    script.put({ synapse: { form: 'now' }, database: { owner: 'now' } });
    finish({ synapse: { form: 'then' }, database: { owner: 'then' } }, 'secrets=true\n');
    expect(script.data('synapse')).toEqual({ form: 'then', 'form.before-S': 'now' });
    expect(script.data('database')).toEqual({ owner: 'now' });
  });

  it('keeps all passwords of the database where several Secrets hold them, and adds only what is missing there', () => {
    script.put({ owner: { password: 'now' }, backup: { password: 'now' } });
    const then = { password: 'then', user: 'somebody' };
    expect(finish({ owner: then, backup: then }, 'secrets=true\n', 'owner,backup').status).toBe(0);
    for (const name of ['owner', 'backup']) {
      expect(script.data(name)).toEqual({ password: 'now', user: 'somebody' });
    }
  });

  it.each(['', 'secrets=true\n'])(
    'leaves a Secret as it is that an operator writes, and says so (choice %j)',
    (choice) => {
      const identity = { 'signing.key': 'other' };
      script.put({ identity }, { writer: 'ExternalSecret' });
      const { status, said } = finish({ identity: { 'signing.key': 'ours', 'old.yaml': 'of ours' } }, choice);
      expect(status).toBe(0);
      expect(said).toContain(
        'WARNING: Secret identity differs from the set in old.yaml, signing.key, and ExternalSecret writes it. It is left as it is',
      );
      expect(script.data('identity')).toEqual(identity);
      expect(script.calls()).not.toContain('PATCH identity');
    },
  );

  it('warns of no Secret that an operator writes as it is in the set', () => {
    const identity = { 'signing.key': 'ours' };
    script.put({ identity }, { writer: 'ExternalSecret' });
    expect(finish({ identity }).said).not.toContain('WARNING');
  });
});
