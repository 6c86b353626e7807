import { Size, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { HomeserverConfig } from '../../../lib';
import type { BackupContext } from '../../../lib/backups/jobs/backup-context';
import { drillSettings, renderDrill } from '../../../lib/backups/jobs/drill';
import { backupContext, IN_STORE } from '../../support/backups';
import { keyOf, type Manifest } from '../../support/manifests';
import { renderedIn } from '../../support/parts';
import { refusals } from '../../support/schemas';

const PROPS = { name: 'matrix-restore-drill', schedule: '30 4 * * 0', storage: Size.gibibytes(20) };

function rendered(props: Partial<BackupContext> = {}) {
  const { chart, context } = backupContext(props);
  const before = Testing.synth(chart).map(keyOf);
  renderDrill(chart, 'Drill', context, PROPS);
  const keys = Testing.synth(chart).map(keyOf);
  return {
    context,
    keys: keys.filter((key) => !before.includes(key)),
    job: renderedIn(chart, 'CronJob', PROPS.name),
    policy: renderedIn(chart, 'NetworkPolicy', PROPS.name).spec as Manifest,
  };
}

it('renders a job with closed doors, and nothing that could touch the running system', () => {
  expect(rendered().keys).toEqual(['NetworkPolicy matrix-restore-drill', 'CronJob matrix-restore-drill']);
});

it('runs every week for at most four hours, and is tried once', () => {
  const { spec } = rendered().job;
  expect([spec.schedule, spec.suspend]).toEqual(['30 4 * * 0', undefined]);
  expect(spec.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 4 * 3600, backoffLimit: 0 });
});

it('is gone a day later, with what it restored', () => {
  expect(rendered().job.spec.jobTemplate.spec.ttlSecondsAfterFinished).toBe(24 * 3600);
});

it('has PostgreSQL and Synapse beside the check, as Kubernetes takes it', () => {
  const { job } = rendered();
  const { initContainers } = job.spec.jobTemplate.spec.template.spec;
  const beside = initContainers.filter(({ restartPolicy }: Manifest) => restartPolicy === 'Always');
  expect(beside.map(({ name }: Manifest) => name)).toEqual(['postgres', 'synapse']);
  expect(refusals(job)).toEqual([]);
});

it('reaches nobody when the repository is on the claim, and nobody reaches it', () => {
  const { policy } = rendered();
  expect(policy.policyTypes).toEqual(['Ingress', 'Egress']);
  expect([policy.ingress, policy.egress]).toEqual([undefined, undefined]);
});

it('reaches a store and its name when the repository is there, and still nobody reaches it', () => {
  const { ingress, egress } = rendered({ repository: IN_STORE }).policy;
  expect(ingress).toBeUndefined();
  expect(egress).toHaveLength(2);
  expect(egress[1].ports).toEqual([{ port: 443, protocol: 'TCP' }]);
});

const { context } = rendered();
const settings = drillSettings(context);

it('its Synapse listens to the pod alone, on the restored database and media', () => {
  expect(settings.listeners).toEqual([expect.objectContaining({ port: 8008, bind_addresses: ['127.0.0.1'] })]);
  expect(settings.database).toMatchObject({ args: { host: '127.0.0.1', dbname: 'synapse', user: 'synapse_user' } });
  expect(settings.media_store_path).toBe('/drill/media');
});

it('its Synapse has the identity of the set, not that of the cluster', () => {
  const { secretName, key } = context.synapse.signingKey;
  expect(settings.signing_key_path).toBe(`/handover/secrets/${secretName}/${key}`);
});

it('its Synapse speaks to nobody: no federation, no log-in elsewhere, no pushes', () => {
  expect(settings).toMatchObject({ federation_domain_whitelist: [], oidc_providers: [], start_pushers: false });
});

it('its settings are some that Synapse knows', () => {
  const { signing_key_path, ...known } = settings;
  const text = () => HomeserverConfig.of({ ...known } as never);
  expect(text).not.toThrow();
  expect(parse(JSON.stringify(settings))).toEqual(settings);
  expect(signing_key_path).toBeDefined();
});
