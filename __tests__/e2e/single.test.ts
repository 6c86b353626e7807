import { spawn } from 'node:child_process';
import { SecretKey } from '../../lib';
import { atNight } from './support/at-night';
import { eventually } from './support/kubectl';
import { Poller } from './support/poller';
import { startClient } from './support/probe-pod';
import { System } from './support/system';
import { changedSystem } from './support/system-chart';

jest.setTimeout(240_000);

describe('one Synapse at a time', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.install('single');
  });
  afterAll(async () => system?.remove());

  const connected = () => system.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'synapse'");
  /** Sessions of Synapse itself, with what they did last. */
  const others = () =>
    system.sql(
      "SELECT pid, client_addr, state, now() - state_change, left(query, 60) FROM pg_stat_activity WHERE application_name = 'synapse' AND query NOT LIKE 'SELECT pg_sleep%'",
    );

  it('is connected to the database by its application name', async () => {
    expect(Number(await connected())).toBeGreaterThan(0);
  });

  atNight.it('starts only when another Synapse is no longer connected', async () => {
    // Stands for a Synapse on a node that Kubernetes cannot reach.
    const psql = 'echo $$ > /tmp/other; PGAPPNAME=synapse exec psql -U synapse_user synapse -c "SELECT pg_sleep(300)"';
    const other = spawn('kubectl', ['exec', '-n', system.namespace, 'matrix-postgres-0', '--', 'sh', '-c', psql], {
      stdio: 'ignore',
    });
    try {
      await eventually(
        'the other one',
        20,
        async () =>
          (await system.sql("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'")) === '1',
      );
      await system.kubectl(['rollout', 'restart', 'deployment/matrix-synapse']);
      await eventually('the new one to wait', 90, async () => {
        const log = await system.kubectl(['logs', '-l', 'app=matrix-synapse', '--tail=5']);
        return log.includes('another Synapse is connected');
      });
      // PostgreSQL may learn late that the Synapse before is gone: its pod's network went with it.
      await eventually('only the other one to be connected', 60, async () => {
        expect(await others()).toBe('');
        return true;
      });
      await new Promise((done) => setTimeout(done, 3000));
      expect(await connected()).toBe('1');
    } finally {
      other.kill();
    }
    // It goes in the middle of its statement, as one that builds an index when its node is lost.
    await system.exec('matrix-postgres-0', 'sh', '-c', 'kill -9 "$(cat /tmp/other)"');
    await eventually('the new one to be connected', 60, async () => (await others()) !== '');
    await system.ready();
  });

  it('is running when two start at the same time', async () => {
    await system.kubectl(['scale', 'deployment/matrix-synapse', '--replicas=0']);
    await system.kubectl(['wait', '--for=delete', 'pod', '-l', 'app=matrix-synapse', '--timeout=90s']);
    await system.kubectl(['scale', 'deployment/matrix-synapse', '--replicas=2']);
    const logs = () => system.kubectl(['logs', '-l', 'app=matrix-synapse', '-c', 'synapse', '--tail=20']);
    await eventually('one of them to stand by', 120, async () =>
      (await logs()).includes('another Synapse has locked the volume'),
    );
    await eventually('the other one to be connected', 60, async () => Number(await connected()) > 0);
    const addresses = "SELECT count(DISTINCT client_addr) FROM pg_stat_activity WHERE application_name = 'synapse'";
    expect(await system.sql(addresses)).toBe('1');
    await system.kubectl(['scale', 'deployment/matrix-synapse', '--replicas=1']);
    await system.ready();
  });

  it('does not start on a database that is for a later version, says how to go back, and leaves the old one serving', async () => {
    const compatible = await system.sql('SELECT compat_version FROM schema_compat_version');
    await system.sql('UPDATE schema_compat_version SET compat_version = 999');
    try {
      await system.kubectl(['rollout', 'restart', 'deployment/matrix-synapse']);
      const log = () => system.kubectl(['logs', '-l', 'app=matrix-synapse', '-c', 'synapse', '--tail=20']);
      await eventually('a refusal', 60, async () => (await log()).includes('REFUSED: the database is for Synapse'));
      expect(Number(await connected())).toBeGreaterThan(0);
    } finally {
      await system.sql(`UPDATE schema_compat_version SET compat_version = ${compatible}`);
    }
    await system.ready();
  });

  atNight.it('leaves the old one serving while the next one waits for a Secret that is not there', async () => {
    await startClient(system.namespace);
    const poller = new Poller(system.namespace, 'client', 'http://matrix-synapse-admin:8008/_matrix/client/versions');
    try {
      const began = Date.now();
      const provider = {
        id: 'keycloak',
        name: 'Keycloak',
        issuer: 'https://keycloak.example.org/realms/platform',
        clientId: 'synapse',
        clientSecret: SecretKey.fromSecretName('matrix-keycloak', 'client-secret'),
      };
      const manifest = changedSystem(system.namespace, { oidcProviders: [provider] });
      await system.kubectl(['apply', '-f', '-'], manifest);
      await eventually('the next one to wait for it', 60, async () =>
        (await system.kubectl(['get', 'events', '-o=jsonpath={.items[*].message}'])).includes(
          'secret "matrix-keycloak" not found',
        ),
      );
      const meanwhile = await poller.since(began, 20);
      expect(meanwhile.length).toBeGreaterThan(200);
      expect(meanwhile.filter(({ status }) => status !== 200)).toEqual([]);
      const started = () =>
        system.kubectl([
          'get',
          'deployment/matrix-synapse',
          '-o=jsonpath={.status.updatedReplicas} {.status.readyReplicas}',
        ]);
      expect(await started()).toBe('1 1');
      const literal = '--from-literal=client-secret=from-the-provider';
      await system.kubectl(['create', 'secret', 'generic', 'matrix-keycloak', literal]);
      await system.ready();
      const offered =
        'import urllib.request; print(urllib.request.urlopen("http://127.0.0.1:8008/_matrix/client/v3/login").read().decode())';
      expect(await system.exec('deployment/matrix-synapse', 'python3', '-c', offered)).toContain('m.login.sso');
    } finally {
      poller.stop();
    }
  });
});
