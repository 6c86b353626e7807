import { Duration, Testing } from 'cdk8s';
import { Federation, type IPeer, MatrixUpkeep, type MatrixUpkeepProps, Schedule, Weekday } from '../../lib';
import { find, keyOf, type Manifest, workloadsOf } from '../support/manifests';
import { emptyChart } from '../support/parts';
import { contextIn } from './context';

const ROOMS = { abandonedRoomsAfter: Duration.days(30) };

function rendered(props: Partial<MatrixUpkeepProps> = {}, federation?: Federation) {
  const chart = emptyChart();
  const admins: IPeer[] = [];
  const upkeep = new MatrixUpkeep(chart, 'Upkeep', { ...contextIn(chart, federation, admins), ...ROOMS, ...props });
  const manifests: Manifest[] = Testing.synth(chart);
  const found = workloadsOf(manifests).find(({ manifest }) => manifest.metadata.name === 'matrix-upkeep');
  const [cronJob, pod] = [found?.manifest, found?.template.spec];
  const { data } = find(manifests, 'ConfigMap', 'matrix-upkeep');
  return {
    upkeep,
    manifests,
    admins,
    cronJob,
    pod,
    data,
    settings: JSON.parse(data['settings.json']),
  };
}

it('minimal: renders a CronJob that deletes the rooms that are named', () => {
  const { manifests, cronJob, settings, data } = rendered();
  expect(manifests.map(keyOf).filter((key) => key.endsWith('matrix-upkeep'))).toEqual([
    'NetworkPolicy matrix-upkeep',
    'ConfigMap matrix-upkeep',
    'CronJob matrix-upkeep',
  ]);
  expect(cronJob?.spec.schedule).toBe('20 1 * * *');
  expect(settings).toEqual({
    homeserver: 'http://admin:8008',
    administrator: 'root',
    secretsFolder: '/secrets',
    patience: 600,
    abandonedRoomsAfter: 2_592_000,
    federates: false,
  });
  expect(Object.keys(data).sort()).toEqual(['settings.json', 'synapse_admin.py', 'synapse_api.py', 'upkeep.py']);
});

it('all props: renders them', () => {
  const { cronJob, settings, upkeep } = rendered(
    { abandonedRoomsAfter: Duration.days(365), schedule: Schedule.weekly(Weekday.MONDAY, '02:10') },
    Federation.OPEN,
  );
  expect(cronJob?.spec.schedule).toBe('10 2 * * 1');
  expect(settings).toMatchObject({ abandonedRoomsAfter: 31_536_000, federates: true });
  expect(upkeep.monitored.alerts[0].expression).toContain('> 1252800)');
});

it('may use the admin API, and nothing outside the cluster', () => {
  const { manifests, admins } = rendered();
  expect(admins.map(({ peer }) => peer.key)).toEqual(['matrix-upkeep']);
  const { ingress, egress } = find(manifests, 'NetworkPolicy', 'matrix-upkeep').spec;
  expect(ingress).toBeUndefined();
  expect(JSON.stringify(egress)).not.toContain('0.0.0.0/0');
});

it('has the password of the administrator, and no other secret', () => {
  const sources = (rendered().pod?.volumes ?? []).flatMap(
    (volume: Manifest) => volume.projected?.sources ?? volume.secret ?? [],
  );
  expect(sources.map((source: Manifest) => source.secret.name)).toEqual(['vault-admin']);
});

it('has no port with metrics, and needs no way in for a collector', () => {
  const { upkeep, manifests } = rendered();
  upkeep.allowMetricsFrom(upkeep);
  expect(upkeep.monitored.ports).toEqual([]);
  expect(find(manifests, 'NetworkPolicy', 'matrix-upkeep').spec.ingress).toBeUndefined();
});

it('fails when a room would be deleted within a day', () => {
  expect(() => rendered({ abandonedRoomsAfter: Duration.hours(1) })).toThrow('abandonedRoomsAfter of upkeep');
});
