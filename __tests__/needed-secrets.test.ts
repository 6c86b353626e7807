import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing, Yaml } from 'cdk8s';
import { type MatrixChartProps, Postgres, SecretKey, SecretStore, Secrets } from '../lib';
import { ALL_SECRETS, chartOf } from './support/systems';

/** Output of `npm run secrets` for a system. */
function needed(props: Partial<MatrixChartProps> = {}): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-needed-'));
  try {
    writeFileSync(join(folder, 'all.yaml'), Yaml.stringify(...Testing.synth(chartOf(props))));
    const tool = join(__dirname, '..', 'tools', 'secrets.mjs');
    return execFileSync('node', [tool, folder], { encoding: 'utf8' }).trim().split('\n').filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('npm run secrets', () => {
  it('prints nothing where the Job generates all', () => {
    expect(needed()).toEqual([]);
    expect(needed({ namePrefix: 'second-' })).toEqual([]);
  });

  it('prints nothing where CloudNativePG makes those of the database', () => {
    expect(needed({ postgres: Postgres.cloudNativePg() })).toEqual([]);
  });

  it('prints nothing where the External Secrets Operator copies all', () => {
    expect(needed({ secrets: Secrets.external(SecretStore.cluster('vault'), { remoteKey: 'matrix' }) })).toEqual([]);
  });

  it('prints each Secret and key that only an operator can make', () => {
    const synapse = {
      secretConfig: SecretKey.fromSecretName('matrix-email', 'email.yaml'),
      caCertificates: SecretKey.fromSecretName('matrix-ca', 'ca.crt'),
    };
    expect(needed({ synapse })).toEqual(['matrix-ca ca.crt', 'matrix-email email.yaml']);
  });

  it('prints all Secrets where each is made by other means, without those that may be missing', () => {
    const names = Object.values(ALL_SECRETS).map(({ secretName, key }) => `${secretName} ${key}`);
    const all = needed({ secrets: Secrets.existing(ALL_SECRETS) });
    expect(names).toEqual(expect.arrayContaining(all));
    expect(all.join()).not.toContain('old');
  });
});
