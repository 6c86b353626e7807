import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Monitoring, Scaling } from '../../../lib';
import { People } from '../restarts/people';
import { eventually, tryKubectl } from '../support/kubectl';
import { type Account, Matrix } from '../support/matrix';
import { startClient } from '../support/probe-pod';
import { System } from '../support/system';
import { changedSystem } from '../support/system-chart';
import { COLLECTOR } from '../watched/prometheus';

const SYNC = 'matrix-synapse-sync';
/** Asks for everything again and again, by eight connections. */
const LOAD = `
import os, sys, threading, urllib.request
def ask():
    while not os.path.exists('/tmp/enough'):
        request = urllib.request.Request(sys.argv[1], headers={"Authorization": "Bearer " + sys.argv[2]})
        try:
            urllib.request.urlopen(request, timeout=60).read()
        except OSError as problem:
            print(problem, flush=True)
for _ in range(8):
    threading.Thread(target=ask).start()
`;

/** Ten minutes and one pod in two of them are for people, not for a test. */
const SOON = {
  scaleDown: { stabilizationWindowSeconds: 15, policies: [{ type: 'Pods', value: 1, periodSeconds: 15 }] },
};
/** Whether KEDA scales, which must be installed for that, and Prometheus: `AUTOSCALER=keda npm run e2e -- autoscaling`. */
const KEDA = process.env.AUTOSCALER === 'keda';
// Even without the load, the requests of the test use more than the usual 70 % of a pod's CPU request.
const sync = KEDA ? Scaling.external(1, 3) : Scaling.between(1, 3, 300);

jest.setTimeout(600_000);

let system: System;
let people: People;
let anna: Account;

beforeAll(async () => {
  if (!KEDA && (await tryKubectl(['get', '--raw', '/apis/metrics.k8s.io/v1beta1/nodes'])).code !== 0) {
    throw new Error('the cluster measures no CPU: install metrics-server, which autoscaling needs');
  }
  const monitoring = KEDA ? Monitoring.prometheusOperator({ collector: COLLECTOR }) : Monitoring.none();
  const manifest = changedSystem('matrix-e2e-autoscaling', { workers: { sync }, monitoring });
  system = await System.apply('autoscaling', manifest, undefined, startClient);
  await system.workersReady();
  const secret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
  const matrix = new Matrix(await system.url('deployment/matrix-edge', 8010), secret);
  const admin = await matrix.register('admin', true);
  anna = await matrix.register('anna');
  const bea = await matrix.register('bea');
  await matrix.liftLimits(anna.userId, admin);
  const { room_id: room } = await matrix.ok('POST', '/_matrix/client/v3/createRoom', {}, anna.token);
  if (KEDA) {
    await system.kubectl(['apply', '-f', '-'], JSON.stringify(printedScaledObject(system.namespace)));
  } else {
    const patch = JSON.stringify({ spec: { behavior: SOON } });
    await system.kubectl(['patch', 'hpa', SYNC, '--type=merge', '-p', patch]);
  }
  people = await People.start(system, { room, token: anna.token, waiting: bea.token });
}, 600_000);
afterAll(async () => {
  people?.stop();
  await system?.remove();
});

it('scales sync from one pod to three under load and back, and answers every request', async () => {
  const pods = async () =>
    Number(await system.kubectl(['get', 'deployment', SYNC, '-o', 'jsonpath={.status.readyReplicas}']));
  const began = Date.now();
  const since = () => Math.round((Date.now() - began) / 1000);
  const url = 'http://matrix-synapse-admin:8008/_matrix/client/v3/sync?full_state=true';
  const load = spawn('kubectl', [
    'exec',
    '-n',
    system.namespace,
    'client',
    '--',
    'python3',
    '-c',
    LOAD,
    url,
    anna.token,
  ]);
  const refused: string[] = [];
  load.stdout.on('data', (text) => refused.push(`${text}`));
  await eventually('three pods', 300, async () => (await pods()) === 3);
  const grown = since();
  await system.exec('client', 'touch', '/tmp/enough');
  await eventually('one pod', 300, async () => (await pods()) === 1);
  const asked = await people.after(began);
  const failed = asked.filter(({ status }) => status !== 200);
  console.log(`autoscaling: 3 pods after ${grown} s, 1 after ${since()} s; ${failed.length} of ${asked.length} failed`);
  expect(failed).toEqual([]);
  expect(refused).toEqual([]);
});

/** As the page prints it, for less load and fewer pods. */
function printedScaledObject(namespace: string) {
  const page = readFileSync(join(__dirname, '../../../docs/how-to/workers.md'), 'utf8').replaceAll(
    'caritas',
    namespace,
  );
  const object = parse(/```yaml\n(.*?kind: ScaledObject.*?)```/s.exec(page)?.[1] ?? '');
  Object.assign(object.spec, { minReplicaCount: 1, maxReplicaCount: 3 });
  object.spec.advanced = { horizontalPodAutoscalerConfig: { behavior: SOON } };
  object.spec.triggers[0].metadata.threshold = '5';
  return object;
}
