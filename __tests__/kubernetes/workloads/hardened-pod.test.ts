import { ApiObject, Testing } from 'cdk8s';
import { k8s } from '../../../lib/kubernetes/k8s';
import type { PodOptions } from '../../../lib/kubernetes/pod-options';
import {
  type HardenedContainerProps,
  type HardenedPodProps,
  hardenedPod,
} from '../../../lib/kubernetes/workloads/hardened-pod';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { scratch } from '../../../lib/kubernetes/workloads/volumes';
import { TOKEN_MOUNT, TOKEN_VOLUME } from '../../../lib/kubernetes/workloads/workload-account';

const CONTAINER = { name: 'synapse', image: 'synapse:v1', resources: resources(250, 512, 1024) };

function rendered(
  props: Partial<HardenedPodProps> = {},
  container: Partial<HardenedContainerProps> = {},
  pullSecrets?: string[],
  shared?: PodOptions,
) {
  const chart = Testing.chart();
  new k8s.KubePod(chart, 'Pod', {
    spec: hardenedPod({ uid: 991, containers: [{ ...CONTAINER, ...container }], ...props }, pullSecrets, shared),
  });
  return ApiObject.of(chart.node.findChild('Pod')).toJson().spec;
}

it('adds only the capabilities that are asked for', () => {
  const capabilities = (container = {}) => rendered({}, container).containers[0].securityContext.capabilities;
  expect(capabilities()).toEqual({ drop: ['ALL'] });
  expect(capabilities({ addedCapabilities: ['NET_BIND_SERVICE'] })).toEqual({
    drop: ['ALL'],
    add: ['NET_BIND_SERVICE'],
  });
});

it('meets PodSecurity restricted, without a token', () => {
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

it('reports the last log lines of a task, but not those of a server, which may identify users', () => {
  const policy = (restartPolicy?: string) => rendered({ restartPolicy }).containers[0].terminationMessagePolicy;
  expect([policy('Never'), policy('OnFailure'), policy()]).toEqual([
    'FallbackToLogsOnError',
    'FallbackToLogsOnError',
    undefined,
  ]);
});

it('mounts the token of its service account only in containers that are withToken', () => {
  const withToken = { ...CONTAINER, name: 'asks', withToken: true };
  const pod = rendered({ serviceAccountName: 'secrets', containers: [CONTAINER, withToken] });
  expect(pod).toMatchObject({ serviceAccountName: 'secrets', automountServiceAccountToken: false });
  expect(pod.volumes).toEqual([k8s.toJson_Volume(TOKEN_VOLUME)]);
  expect(pod.containers.map((one: HardenedContainerProps) => one.volumeMounts)).toEqual([undefined, [TOKEN_MOUNT]]);
});

it('has disk space for a log beside full scratch volumes', () => {
  const pod = rendered({ volumes: [scratch('tmp', '100Mi'), scratch('cache', '2Gi'), scratch('memory', '1Gi', true)] });
  expect(pod.containers[0].resources.limits['ephemeral-storage']).toBe(`${1024 + 100 + 2048}Mi`);
});

it('reports the last log lines of a task, but not those of a server beside it', () => {
  const probe = { httpGet: { path: '/', port: k8s.IntOrString.fromNumber(1) } };
  const pod = rendered({ restartPolicy: 'Never', initContainers: [{ ...CONTAINER, startupProbe: probe }] });
  expect(pod.initContainers[0].terminationMessagePolicy).toBeUndefined();
});

it('pulls images with the Secrets of the system', () => {
  expect(rendered({}, {}, ['one', 'two']).imagePullSecrets).toEqual([{ name: 'one' }, { name: 'two' }]);
  expect(rendered({}, {}, [])).not.toHaveProperty('imagePullSecrets');
});

it('has the options for all pods of the system', () => {
  const shared = {
    tolerations: [{ key: 'chat', operator: 'Exists', effect: 'NoSchedule' }],
    nodeSelector: { disk: 'fast' },
    priorityClassName: 'high',
  };
  expect(rendered({}, {}, [], shared)).toMatchObject(shared);
  for (const name of Object.keys(shared)) {
    expect(rendered()).not.toHaveProperty(name);
  }
});

it('has the additional groups of its user', () => {
  expect(rendered({ supplementalGroups: [70] }).securityContext).toMatchObject({
    fsGroup: 991,
    supplementalGroups: [70],
  });
});

it('keeps other fields unchanged', () => {
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
  ['the pod runs as root', { uid: 0 }, {}, 'got 0'],
  ['a container runs as root', {}, { uid: 0 }, 'got 0'],
  ['the user is not a number', { uid: Number.NaN }, {}, 'got NaN'],
  ['an image has no version', {}, { image: 'synapse' }, "image 'synapse' has no tag"],
  ['no container uses its account', { serviceAccountName: 'idle' }, {}, "serviceAccountName 'idle'"],
  ['there is no account for a token', {}, { withToken: true }, "container 'synapse' is withToken"],
  ['scratch space has no limit', { volumes: [{ name: 'tmp', emptyDir: {} }] }, {}, "use scratch('tmp', '100Mi')"],
  ['the memory limit is too low', {}, { resources: resources(250, 512, 256) }, 'memoryLimit 256Mi'],
])('fails when %s', (_, pod, container, message) => {
  expect(() => rendered(pod, container)).toThrow(message);
});
