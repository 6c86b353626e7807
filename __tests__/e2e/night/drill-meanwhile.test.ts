import { eventually, kubectl } from '../support/kubectl';
import { Witness } from '../support/witness';

jest.setTimeout(600_000);

const JOB = 'drill-meanwhile';

describe('a drill during which a backup is made', () => {
  let witness: Witness;

  beforeAll(async () => {
    witness = await Witness.install('drill-meanwhile');
    await witness.say('before the set');
    await witness.backUp();
  });
  afterAll(async () => witness?.system.remove());

  it('is not misled by WAL that goes from the archive and comes to it', async () => {
    const { system } = witness;
    const from = ['create', 'job', JOB, '--from=cronjob/matrix-restore-drill', '--dry-run=client', '-o', 'json'];
    const job = JSON.parse(await system.kubectl(from));
    const steps = job.spec.template.spec.initContainers;
    const recover = steps.findIndex(({ name }: { name: string }) => name === 'recover');
    // Stops between the step that fetches and the one that recovers.
    const waits = ['sh', '-c', 'until [ -e /drill/go ]; do sleep 0.5; done; rm /drill/go'];
    steps.splice(recover, 0, { ...steps[recover], name: 'meanwhile', command: waits });
    await system.kubectl(['create', '-f', '-'], JSON.stringify(job));
    const pod = async () =>
      JSON.parse(await system.kubectl(['get', 'pods', '-l', `job-name=${JOB}`, '-o', 'json'])).items[0];
    await eventually('the end of the fetch', 240, async () =>
      (await pod())?.status.initContainerStatuses?.some(
        ({ name, state }: { name: string; state: { running?: object } }) => name === 'meanwhile' && state.running,
      ),
    );
    for (const text of ['meanwhile', 'and again']) {
      await witness.say(text);
      await witness.shipped();
    }
    await witness.backUp();
    await witness.say('and after');
    await witness.shipped();
    const container = ['exec', (await pod()).metadata.name, '-n', system.namespace, '-c', 'meanwhile', '--'];
    await kubectl([...container, 'touch', '/drill/go']);
    const ended = async () => {
      const { status } = JSON.parse(await system.kubectl(['get', 'job', JOB, '-o', 'json']));
      const types: string[] = (status.conditions ?? []).map(({ type }: { type: string }) => type);
      return types.find((type) => ['Complete', 'Failed'].includes(type));
    };
    const outcome = await eventually('the end of the drill', 120, ended);
    const log = await system.kubectl(['logs', (await pod()).metadata.name, '-c', 'recover']);
    expect(log).not.toContain('WAL is missing');
    expect(outcome).toBe('Complete');
  });
});
