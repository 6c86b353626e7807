import type { Suppression } from './findings';

const CPU = 'A CPU limit slows down starts, migrations and restores while cores are idle; requests share busy cores.';
const PULL = 'Images are named by version: a pod must start again on its node while the registry cannot be reached.';
const USERS =
  "The images' users (70, 99, 101, 991) own the files on claims, also those of the running installation, and the pods " +
  'cannot access the host.';
const ONE_VALKEY =
  'All processes of Synapse must hear of one another at the same Valkey. It stores nothing, so its loss is a pause.';
const ONE_PORT = 'A call is on one pod, which has the ports of the nodes: the old one ends before the new one starts.';
const ONE_SYNAPSE =
  'Two Synapses on one database corrupt it. Where a new pod may be on another node, the old one ends before it is made.';

/** Accepted findings. The test fails when one of these is no longer needed. */
export const SUPPRESSIONS: readonly Suppression[] = [
  { tool: 'kube-score', check: 'container-resources', message: 'CPU limit is not set', reason: CPU },
  { tool: 'checkov', check: 'CKV_K8S_11', reason: CPU },
  { tool: 'kube-score', check: 'container-image-pull-policy', reason: PULL },
  { tool: 'checkov', check: 'CKV_K8S_15', reason: PULL },
  {
    tool: 'checkov',
    check: 'CKV_K8S_43',
    reason:
      'Digests are for an operator who has verified the images: ImageSource takes one for each, and a mirror may have others.',
  },
  { tool: 'kube-score', check: 'container-security-context-user-group-id', reason: USERS },
  { tool: 'checkov', check: 'CKV_K8S_40', reason: USERS },
  {
    tool: 'checkov',
    check: 'CKV_K8S_35',
    places: [
      'homeserver',
      'worker',
      'valkey',
      'backup',
      'backup-agent',
      'backup-dump',
      'backup-list',
      'backup-prune',
      'backup-verify',
      'restore',
      'restore-drill',
      'calls/livekit',
    ],
    reason:
      'libpq, restic, Valkey and LiveKit read secrets from the environment, or from files in formats that a Secret with only the value does ' +
      'not have. A process that can read their environment runs as their user, and could read a mounted file too.',
  },
  {
    tool: 'kube-score',
    check: 'pod-probes-identical',
    places: ['worker', 'valkey', 'discovery', 'turn', 'calls', 'call-client'],
    reason:
      'Both probe only the process itself; the liveness probe waits at least twice as long as the readiness probe.',
  },
  { tool: 'kube-score', check: 'deployment-replicas', places: ['homeserver'], reason: ONE_SYNAPSE },
  { tool: 'kube-score', check: 'deployment-strategy', places: ['homeserver'], reason: ONE_SYNAPSE },
  { tool: 'kube-score', check: 'deployment-replicas', places: ['valkey'], reason: ONE_VALKEY },
  { tool: 'kube-score', check: 'deployment-strategy', places: ['valkey'], reason: ONE_VALKEY },
  { tool: 'kube-score', check: 'deployment-replicas', places: ['turn', 'calls'], reason: ONE_PORT },
  { tool: 'kube-score', check: 'deployment-strategy', places: ['turn', 'calls'], reason: ONE_PORT },
  {
    tool: 'kube-score',
    check: 'service-type',
    places: ['turn', 'calls'],
    reason:
      'Media of calls are UDP, which no Ingress forwards: clients reach the ports of the nodes, or a load balancer.',
  },
  {
    tool: 'checkov',
    check: 'CKV_K8S_25',
    places: ['turn/coturn'],
    reason: "coturn's program does not start without NET_BIND_SERVICE, which PodSecurity restricted allows.",
  },
  {
    tool: 'kube-score',
    check: 'networkpolicy-targets-pod',
    places: ['database', 'database-drill'],
    reason: 'The pods of a replicated database are made by its operator.',
  },
  {
    tool: 'kube-score',
    check: 'deployment-replicas',
    places: ['edge', 'discovery'],
    reason: 'Only where replicas is set to 1; two is the default.',
  },
  {
    tool: 'kube-score',
    check: 'service-type',
    places: ['edge'],
    reason: 'Only where nodePort is set, as the platform needs it; its NetworkPolicy allows only declared clients.',
  },
  {
    tool: 'kube-score',
    check: 'statefulset-has-servicename',
    places: ['database'],
    reason: 'The running installation has a Service with an address under that name, and serviceName cannot change.',
  },
  {
    tool: 'kube-score',
    check: 'statefulset-has-servicename',
    places: ['wal-receiver'],
    reason: 'It has no clients, so it needs no name.',
  },
  {
    tool: 'checkov',
    check: 'CKV_K8S_8',
    places: ['wal-receiver/receiver'],
    reason:
      'pg_receivewal ends with its connection, and the script restarts it; restarting the pod would delay commits longer.',
  },
  {
    tool: 'checkov',
    check: 'CKV_K8S_8',
    places: ['database/roles'],
    reason: 'It reads a folder every few seconds and has no clients.',
  },
  {
    tool: 'checkov',
    check: 'CKV_K8S_9',
    places: ['database/roles'],
    reason: 'It has no clients, and the database is ready without it.',
  },
];
