import { SecretKey } from '../../lib';
import { agentPod, podSettings } from '../../lib/synthetic-user/agent-pod';
import { emptyChart, systemIn, untyped } from '../support/parts';

const PASSWORD = SecretKey.fromSecretName('vault', 'password');
const CA = SecretKey.fromSecretName('private-ca', 'ca.pem');
const podOf = (caCertificates?: typeof CA) =>
  agentPod({ system: systemIn(emptyChart()), configMapName: 'config', password: PASSWORD, caCertificates });

it('runs one program without any right in the cluster', () => {
  const { containers, serviceAccountName, automountServiceAccountToken } = podOf();
  expect(containers.map(({ command }) => command)).toEqual([['python3', '/config/synthetic_user.py']]);
  expect([serviceAccountName, automountServiceAccountToken]).toEqual([undefined, false]);
});

it('mounts the files that its settings name', () => {
  const filesOf = (pod: ReturnType<typeof podOf>) =>
    pod.volumes?.flatMap(({ projected }) => projected?.sources?.flatMap(({ secret }) => secret?.items ?? []) ?? []);
  expect(podSettings()).toEqual({ passwordFile: '/secrets/password', port: 9090 });
  expect(filesOf(podOf())).toEqual([{ key: 'password', path: 'password' }]);
  expect(podSettings(CA)).toEqual({ passwordFile: '/secrets/password', caFile: '/secrets/ca.crt', port: 9090 });
  expect(filesOf(podOf(CA))).toContainEqual({ key: 'ca.pem', path: 'ca.crt' });
});

it('is ready when it has metrics', () => {
  const [{ readinessProbe, livenessProbe, ports }] = podOf().containers;
  expect(readinessProbe?.httpGet?.path).toBe('/metrics');
  expect(readinessProbe?.httpGet?.port.value).toBe('metrics');
  expect(livenessProbe?.tcpSocket?.port.value).toBe('metrics');
  expect(ports).toEqual([{ name: 'metrics', containerPort: 9090 }]);
});

it('fails when the certificates are not a reference, and does not show them', () => {
  const pem = untyped<typeof CA>({ secretName: '-----BEGIN', key: 'x y' });
  expect(() => podOf(pem)).toThrow('caCertificates of syntheticUser has no valid Secret name and key');
  expect(() => podOf(pem)).not.toThrow('BEGIN');
});
