import { Testing, Yaml } from 'cdk8s';
import { Accounts, MatrixChart } from '../../lib';
import { firstInCi } from './support/at-night';
import { eventually, kubectl, tryKubectl } from './support/kubectl';
import { makeNamespace, removeNamespace } from './support/system';

jest.setTimeout(120_000);

const NAMESPACE = 'matrix-e2e-secrets';
const SECRETS = ['matrix-signing-key', 'matrix-synapse-secret', 'matrix-postgres-secret', 'matrix-backup-secret'];

describe('the Job that creates secrets', () => {
  let manifest: string;
  let job: string;

  const here = (...args: string[]) => kubectl([...args, '-n', NAMESPACE]);
  /** All data of all Secrets. */
  const data = async (): Promise<{ [name: string]: { [key: string]: string } }> => {
    const { items } = JSON.parse(await here('get', 'secrets', '-o', 'json'));
    return Object.fromEntries(
      items.map((secret: { metadata: { name: string }; data: object }) => [secret.metadata.name, secret.data]),
    );
  };
  /** Deletes the Job, applies it again, and returns its log. */
  const again = async (): Promise<string> => {
    await here('delete', 'job', job, '--ignore-not-found', '--wait=true');
    await kubectl(['apply', '-f', '-'], manifest);
    return eventually('the end of the first try', 60, async () => {
      const succeeded = await here('get', 'job', job, '-o', 'jsonpath={.status.succeeded}');
      const log = await here('logs', `job/${job}`);
      return (succeeded || /No second/.test(log.split('\n').at(-2) ?? '')) && log;
    });
  };
  /** Makes Secrets as they were, before some were lost, and ends the Job that tries again. */
  const putBack = async (secrets: Awaited<ReturnType<typeof data>>) => {
    await here('delete', 'job', job, '--wait=true');
    for (const [name, values] of Object.entries(secrets)) {
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data: values };
      await here('delete', 'secret', name, '--ignore-not-found');
      await kubectl(['create', '-n', NAMESPACE, '-f', '-'], JSON.stringify(secret));
    }
  };

  beforeAll(async () => {
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace: NAMESPACE,
      serverName: 'caritas.local',
      publicBaseUrl: 'https://matrix.caritas.local',
      accounts: Accounts.none(),
    });
    // Only the objects that create the secrets of the parts, and the claims that these belong to.
    const objects = Testing.synth(chart).filter(
      ({ kind, metadata }) =>
        kind === 'PersistentVolumeClaim' || ['matrix-secrets', 'matrix-rotate'].includes(metadata.labels.app),
    );
    manifest = Yaml.stringify(...objects);
    job = objects.find(({ kind }) => kind === 'Job').metadata.name;
    await removeNamespace(NAMESPACE);
    await makeNamespace(NAMESPACE, { 'pod-security.kubernetes.io/enforce': 'restricted' });
    await kubectl(['apply', '-f', '-'], manifest);
    await here('wait', '--for=condition=complete', `job/${job}`, '--timeout=90s');
  });

  afterAll(async () => removeNamespace(NAMESPACE));

  it('leaves nothing by which Argo CD would take a Secret for one that was removed from Git', async () => {
    const tracked = await here('get', 'secrets', '-l', 'app.kubernetes.io/instance', '-o', 'name');
    expect(tracked.trim()).toBe('');
    const kept = await here('get', 'secret', 'matrix-signing-key', '-o', 'jsonpath={.metadata.annotations}');
    expect(JSON.parse(kept)).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
  });

  it('creates all secrets, each with another value', async () => {
    const made = await data();
    expect(Object.keys(made).sort()).toEqual([...SECRETS].sort());
    const text = (name: string, key: string) => Buffer.from(made[name][key], 'base64').toString();
    expect(text('matrix-signing-key', 'signing.key')).toMatch(/^ed25519 a_[0-9a-f]{4} [A-Za-z0-9+/]{43}\n$/);
    expect(text('matrix-postgres-secret', 'POSTGRES_USER')).toBe('synapse_user');
    const passwords = [
      ...Object.values(made['matrix-synapse-secret']),
      made['matrix-postgres-secret'].POSTGRES_PASSWORD,
      made['matrix-postgres-secret'].BACKUP_PASSWORD,
    ];
    expect(new Set(passwords).size).toBe(5);
    expect(passwords.every((password) => password.length >= 64)).toBe(true);
  });

  it('logs the secrets that it created, without a value', async () => {
    const log = await here('logs', `job/${job}`);
    expect(log).toContain('added to Secret matrix-signing-key: signing.key');
    for (const value of Object.values(await data()).flatMap((keys) => Object.values(keys))) {
      const text = Buffer.from(value, 'base64').toString().trim();
      expect(['synapse', 'synapse_user'].includes(text) || !log.includes(text)).toBe(true);
    }
  });

  it('changes nothing when it runs again', async () => {
    const before = await data();
    expect(await again()).toContain('was not changed');
    expect(await data()).toEqual(before);
  });

  it('keeps all Secrets when objects with the label of the system are pruned, also those of an earlier version', async () => {
    const before = await data();
    const label = 'app.kubernetes.io/instance=matrix';
    // As an earlier version made them.
    await here('label', 'secrets', '-l', 'app=matrix-secrets', label, 'app.kubernetes.io/managed-by=cdk8s');
    expect(await again()).toContain('Secret matrix-backup-secret is no longer labelled');
    const prune = ['--prune', '-l', label, '--prune-allowlist=core/v1/Secret', '--prune-allowlist=core/v1/ConfigMap'];
    await kubectl(['apply', ...prune, '-n', NAMESPACE, '-f', '-'], manifest);
    await here('delete', 'secrets', '-l', label);
    expect(await data()).toEqual(before);
  });

  it('adds a missing key, and does not change the others', async () => {
    const before = await data();
    await here(
      'patch',
      'secret',
      'matrix-synapse-secret',
      '--type=json',
      '-p',
      '[{"op":"remove","path":"/data/form_secret"}]',
    );
    expect(await again()).toContain('added to Secret matrix-synapse-secret: form_secret');
    const after = await data();
    expect(after['matrix-synapse-secret'].form_secret).toBeTruthy();
    expect({ ...after['matrix-synapse-secret'], form_secret: '' }).toEqual({
      ...before['matrix-synapse-secret'],
      form_secret: '',
    });
  });

  const claims = [
    ['the database', 'matrix-postgres-pvc'],
    ['the media', 'matrix-synapse-data'],
    ['the backups', 'matrix-postgres-backup-pvc'],
  ];
  it.each(firstInCi(claims))('creates no second signing key where only the claim of %s remains', async (_, claim) => {
    const before = await data();
    await here('delete', 'pvc', ...claims.map(([, name]) => name).filter((one) => one !== claim));
    await here('delete', 'secrets', ...SECRETS);
    const log = await again();
    expect(log).toContain(`the data on ${claim} was used with one`);
    expect(log).toContain('docs/operations/restore.md#secrets-are-lost');
    expect(await data()).toEqual({});
    await putBack(before);
    expect(await again()).toContain('is marked with matrix-backup-secret,matrix-signing-key');
  });

  it.each([
    ['matrix-signing-key', 'No second signing key is created'],
    ['matrix-backup-secret', 'No second password is created'],
  ])('does not create %s anew, and changes nothing else', async (name, words) => {
    const { [name]: lost, ...others } = await data();
    await here('delete', 'secret', name);
    expect(await again()).toContain(words);
    expect(await data()).toEqual(others);
    await putBack({ [name]: lost });
  });

  it.each(['matrix-synapse-secret', 'matrix-postgres-secret'])('creates %s anew', async (name) => {
    const { [name]: lost, ...others } = await data();
    await here('delete', 'secret', name);
    expect(await again()).toContain(`added to Secret ${name}`);
    const { [name]: made, ...kept } = await data();
    expect([Object.keys(made), kept]).toEqual([Object.keys(lost), others]);
  });

  it.each([
    ['get', 'secret/matrix-signing-key', 'yes'],
    ['patch', 'secret/matrix-synapse-secret', 'yes'],
    ['create', 'secrets', 'yes'],
    ['get', 'secret/somebody-elses', 'no'],
    ['list', 'secrets', 'no'],
    ['delete', 'secret/matrix-signing-key', 'no'],
    ['update', 'secret/matrix-signing-key', 'no'],
    ['get', 'pods', 'no'],
  ])('may %s %s: %s', async (verb, what, answer) => {
    const account = `system:serviceaccount:${NAMESPACE}:matrix-secrets`;
    const { stdout } = await tryKubectl(['auth', 'can-i', verb, what, '--as', account, '-n', NAMESPACE]);
    expect(stdout.trim()).toBe(answer);
  });
});
