import { ApiObject, Testing } from 'cdk8s';
import { k8s } from '../../../lib/kubernetes/k8s';
import {
  type HardenedContainerProps,
  type HardenedPodProps,
  hardenedPod,
} from '../../../lib/kubernetes/workloads/hardened-pod';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { scratch } from '../../../lib/kubernetes/workloads/volumes';
import { TOKEN_MOUNT, TOKEN_VOLUME } from '../../../lib/kubernetes/workloads/workload-account';

const CONTAINER = { name: 'synapse', image: 'synapse:v1', resources: resources(250, 512, 1024) };

function rendered(props: Partial<HardenedPodProps> = {}, container: Partial<HardenedContainerProps> = {}) {
  const chart = Testing.chart();
  new k8s.KubePod(chart, 'Pod', {
    spec: hardenedPod({ uid: 991, containers: [{ ...CONTAINER, ...container }], ...props }),
  });
  return ApiObject.of(chart.node.findChild('Pod')).toJson().spec;
}

it('meets PodSecurity restricted without a token', () => {
  expect(rendered()).toMatchObject({
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 991,
      runAsGroup: 991,
      fsGroup: 991,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
  });
});

it.each(['containers', 'initContainers'] as const)('hardens its %s', (kind) => {
  expect(rendered({ [kind]: [CONTAINER, { ...CONTAINER, uid: 70 }] })[kind]).toEqual(
    [{}, { runAsUser: 70, runAsGroup: 70 }].map((user) => ({
      name: 'synapse',
      image: 'synapse:v1',
      imagePullPolicy: 'IfNotPresent',
      ...(kind === 'initContainers' ? { terminationMessagePolicy: 'FallbackToLogsOnError' } : {}),
      resources: {
        requests: { cpu: '250m', memory: '512Mi', 'ephemeral-storage': '64Mi' },
        limits: { memory: '1Gi', 'ephemeral-storage': '1Gi' },
      },
      securityContext: {
        ...user,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    })),
  );
});

it('shows the last words of a task, and not those of a server, who may name its users', () => {
  const policy = (restartPolicy?: string) => rendered({ restartPolicy }).containers[0].terminationMessagePolicy;
  expect([policy('Never'), policy('OnFailure'), policy()]).toEqual([
    'FallbackToLogsOnError',
    'FallbackToLogsOnError',
    undefined,
  ]);
});

it('has the token of its service account in the containers that need it, and in no other', () => {
  const withToken = { ...CONTAINER, name: 'asks', withToken: true };
  const pod = rendered({ serviceAccountName: 'secrets', containers: [CONTAINER, withToken] });
  expect(pod).toMatchObject({ serviceAccountName: 'secrets', automountServiceAccountToken: false });
  expect(pod.volumes).toEqual([k8s.toJson_Volume(TOKEN_VOLUME)]);
  expect(pod.containers.map((one: HardenedContainerProps) => one.volumeMounts)).toEqual([undefined, [TOKEN_MOUNT]]);
});

it('may fill its scratch volumes and still write a log', () => {
  const pod = rendered({ volumes: [scratch('tmp', '100Mi'), scratch('cache', '2Gi'), scratch('memory', '1Gi', true)] });
  expect(pod.containers[0].resources.limits['ephemeral-storage']).toBe(`${1024 + 100 + 2048}Mi`);
});

it('keeps what it is given besides', () => {
  const spec = rendered(
    { volumes: [scratch('data', '1Mi')], restartPolicy: 'Never', terminationGracePeriodSeconds: 60 },
    { command: ['run'], volumeMounts: [{ name: 'data', mountPath: '/data' }], ports: [{ containerPort: 8008 }] },
  );
  expect(spec).toMatchObject({
    volumes: [{ name: 'data' }],
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 60,
    containers: [{ command: ['run'], volumeMounts: [{ mountPath: '/data' }], ports: [{ containerPort: 8008 }] }],
  });
});

it.each<[string, Partial<HardenedPodProps>, Partial<HardenedContainerProps>, string]>([
  ['the pod runs as root', { uid: 0 }, {}, 'uid 0 is no user below root'],
  ['a container runs as root', {}, { uid: 0 }, 'uid 0 is no user below root'],
  ['the user is no number', { uid: Number.NaN }, {}, 'uid NaN is no user below root'],
  ['an image has no version', {}, { image: 'synapse' }, "image 'synapse' has no tag"],
  ['nobody uses its account', { serviceAccountName: 'idle' }, {}, "no container uses the account 'idle'"],
  ['there is no account for a token', {}, { withToken: true }, "container 'synapse' has no account to be withToken"],
  ['scratch space has no end', { volumes: [{ name: 'tmp', emptyDir: {} }] }, {}, "write scratch('tmp', '100Mi')"],
  ['the memory limit is too low', {}, { resources: resources(250, 512, 256) }, 'memoryLimit 256Mi is below'],
])('fails when %s', (_, pod, container, message) => {
  expect(() => rendered(pod, container)).toThrow(message);
});
