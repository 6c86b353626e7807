import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import { Scaling, Workers } from '../../../../lib';
import { containersOf, find } from '../../../support/manifests';
import { emptyChart, synapseIn } from '../../../support/parts';

const chart = emptyChart();
synapseIn(chart, { workers: Workers.of({ sync: Scaling.fixed(1) }) });
const objects = Testing.synth(chart);

it('has its password from a Secret and restarts when that changes, but stores nothing', () => {
  const { spec } = find(objects, 'Deployment', 'matrix-valkey');
  const [valkey] = containersOf(spec.template);
  expect(valkey.env[0].valueFrom.secretKeyRef).toEqual({ name: 'matrix-valkey-secret', key: 'password' });
  expect(valkey.command.join(' ')).toContain('restart-on-change.sh /watched -- sh /etc/matrix-valkey/start-valkey.sh');
  expect(spec.template.spec.volumes.map(({ name }: { name: string }) => name)).toEqual(['config', 'watched']);
});

it('reads the password from its input, not from its arguments', () => {
  const script = join(__dirname, '../../../../lib/synapse/workers/valkey/start-valkey.sh');
  const shell = `valkey-server() { echo "$*"; cat; }; exec() { "$@"; }; . '${script}'`;
  const said = execFileSync('bash', ['-c', shell], { encoding: 'utf8', env: { ...process.env, PASSWORD: 'secret$1' } });
  expect(said.split('\n').slice(0, 2)).toEqual(['-', 'requirepass "secret$1"']);
  expect(said).toContain('save ""\n');
});
