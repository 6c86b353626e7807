import { Testing } from 'cdk8s';
import { type IPeer, SecretKey } from '../../lib';
import { SyntheticKeeper } from '../../lib/synthetic-user/synthetic-keeper';
import { find, type Manifest, workloadsOf } from '../support/manifests';
import { emptyChart, systemIn } from '../support/parts';

function rendered() {
  const chart = emptyChart();
  const admins: IPeer[] = [];
  new SyntheticKeeper(chart, 'Keeper', {
    system: systemIn(chart),
    edge: { adminHost: 'admin', adminPort: 8008, allowAdminFrom: (admin) => void admins.push(admin) },
    administrator: { username: 'root', password: SecretKey.fromSecretName('admin', 'password') },
    users: ['one', 'two'],
    password: SecretKey.fromSecretName('vault', 'password'),
  });
  const manifests: Manifest[] = Testing.synth(chart);
  const [job, cronJob] = ['Job', 'CronJob'].map((kind) =>
    workloadsOf(manifests).find(({ manifest }) => manifest.kind === kind && /keeper/.test(manifest.metadata.name)),
  );
  return { manifests, job, cronJob, admins };
}

it('runs the same pod at once and every night', () => {
  const { job, cronJob } = rendered();
  expect(cronJob?.manifest.spec.schedule).toBe('40 0 * * *');
  expect(cronJob?.template.spec).toEqual(job?.template.spec);
  expect(job?.manifest.metadata.name).toMatch(/^matrix-synthetic-keeper-[0-9a-f]{8}$/);
});

it('tells its program what it needs', () => {
  const { data } = find(rendered().manifests, 'ConfigMap', 'matrix-synthetic-keeper');
  expect(JSON.parse(data['settings.json'])).toEqual({
    homeserver: 'http://admin:8008',
    serverName: 'example.org',
    users: ['one', 'two'],
    administrator: 'root',
    secretsFolder: '/secrets',
    patience: 1200,
  });
});

it('may use the admin API, and nothing outside the cluster', () => {
  const { manifests, admins } = rendered();
  expect(admins.map(({ peer }) => peer.key)).toEqual(['matrix-synthetic-keeper']);
  const { ingress, egress } = find(manifests, 'NetworkPolicy', 'matrix-synthetic-keeper').spec;
  expect(ingress).toBeUndefined();
  expect(JSON.stringify(egress)).not.toContain('0.0.0.0/0');
});
