import { Testing } from 'cdk8s';
import { MatrixTurn, type MatrixTurnProps, Secrets, TurnEntry } from '../../../lib';
import { find, type Manifest } from '../../support/manifests';
import { emptyChart, systemIn } from '../../support/parts';

function rendered(props: Partial<MatrixTurnProps> = {}, secrets = Secrets.generated()) {
  const chart = emptyChart();
  const turn = new MatrixTurn(chart, 'Turn', {
    system: systemIn(chart, { secrets }),
    host: 'turn.example.org',
    entry: TurnEntry.nodePorts(),
    ...props,
  });
  const manifests = Testing.synth(chart);
  const get = (kind: string, name = 'matrix-turn') => find(manifests, kind, name);
  return { turn, manifests, get, pod: get('Deployment').spec.template.spec };
}

it('shares a generated secret with Synapse, which can be rotated', () => {
  const { turn, get } = rendered();
  expect(turn.server.sharedSecret).toEqual({ secretName: 'matrix-turn-secret', key: 'shared_secret' });
  expect(get('CronJob', 'matrix-rotate-turn').spec.suspend).toBe(true);
});

it('lets clients in on its ports only, and out to public addresses by UDP', () => {
  const { ingress, egress } = rendered({ calls: 2, tlsSecretName: 'turn-tls' }).get('NetworkPolicy').spec;
  expect(ingress).toEqual([
    {
      ports: [
        { port: 3478, protocol: 'UDP' },
        { port: 3478, protocol: 'TCP' },
        { port: 5349, protocol: 'TCP' },
        { port: 30500, endPort: 30519, protocol: 'UDP' },
      ],
    },
  ]);
  expect(egress).toHaveLength(1);
  expect(egress[0].ports).toEqual([{ port: 1, endPort: 65535, protocol: 'UDP' }]);
  expect(egress[0].to[0].ipBlock.except).toContain('10.0.0.0/8');
});

it('has no secret in its ConfigMap, its environment or its arguments', () => {
  const { pod, get } = rendered();
  const { command, args, env } = pod.containers[0];
  expect(args).toBeUndefined();
  expect(command).toEqual(['/bin/sh', '/config/start-turn.sh', '/config/turnserver.conf']);
  expect(env.map(({ name }: Manifest) => name)).toEqual(['POD_IP', 'PUBLIC_ADDRESS', 'REALM', 'KEEP']);
  expect(JSON.stringify(get('ConfigMap').data)).not.toContain('static-auth-secret=');
  const database = pod.volumes.find(({ name }: Manifest) => name === 'database');
  expect(database.emptyDir.medium).toBe('Memory');
});

it('has no right but the one that its program is installed with', () => {
  const [{ securityContext }] = rendered().pod.containers;
  expect(securityContext.capabilities).toEqual({ drop: ['ALL'], add: ['NET_BIND_SERVICE'] });
  expect(securityContext.readOnlyRootFilesystem).toBe(true);
});

it('advertises the address of its node, or the one that is set', () => {
  const address = (props: Partial<MatrixTurnProps>) =>
    rendered(props).pod.containers[0].env.find(({ name }: Manifest) => name === 'PUBLIC_ADDRESS');
  expect(address({}).valueFrom.fieldRef.fieldPath).toBe('status.hostIP');
  expect(address({ entry: TurnEntry.nodePorts({ publicAddress: '203.0.113.7' }) }).value).toBe('203.0.113.7');
});

it('runs on the node with these labels', () => {
  const { affinity } = rendered({ entry: TurnEntry.nodePorts({ nodeLabels: { turn: 'yes' } }) }).pod;
  const [term] = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
  expect(term.matchExpressions).toEqual([{ key: 'turn', operator: 'In', values: ['yes'] }]);
});

it('fails when Secrets.existing lacks the shared secret', () => {
  expect(() => rendered({}, Secrets.existing({}))).toThrow('turnSharedSecret');
});
