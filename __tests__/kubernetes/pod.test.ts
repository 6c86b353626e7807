import { ApiObject, Testing } from 'cdk8s';
import { k8s } from '../../lib/kubernetes/k8s';
import { type HardenedContainerProps, type HardenedPodProps, hardenedPod } from '../../lib/kubernetes/pod';
import { resources } from '../../lib/kubernetes/resources';

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
      resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '1Gi' } },
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

it('mounts the token of a service account that is named', () => {
  expect(rendered({ serviceAccountName: 'secrets' })).toMatchObject({
    serviceAccountName: 'secrets',
    automountServiceAccountToken: true,
  });
});

it('keeps what it is given besides', () => {
  const spec = rendered(
    { volumes: [{ name: 'data', emptyDir: {} }], restartPolicy: 'Never', terminationGracePeriodSeconds: 60 },
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
  ['the memory limit is too low', {}, { resources: resources(250, 512, 256) }, 'memoryLimit 256Mi is below'],
])('fails when %s', (_, pod, container, message) => {
  expect(() => rendered(pod, container)).toThrow(message);
});
