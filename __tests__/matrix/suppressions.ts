import type { Suppression } from './findings';

const CPU =
  'A CPU limit slows down starts, migrations and restores while cores are idle; what is busy is shared by requests.';
const PULL = 'Images are named by version: a pod must start again on its node while the registry cannot be reached.';
const USERS =
  'The users of the images (70, 99, 101, 991): they own the files on claims, also those of the running installation, and nothing ' +
  'of the host is within reach of the pods.';
const ONE_SYNAPSE = 'Two Synapses on one database break it: the old one ends before the new one starts.';

/** What is found and left as it is. The matrix fails when one of these is no longer needed. */
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
      'backup',
      'backup-agent',
      'backup-dump',
      'backup-list',
      'backup-prune',
      'backup-verify',
      'restore',
      'restore-drill',
    ],
    reason:
      'libpq and restic take them from the environment, or from files that a Secret with the values alone cannot be. Whoever could read ' +
      'the environment of a process there runs as its user, and could read a mounted file too.',
  },
  {
    tool: 'kube-score',
    check: 'pod-probes-identical',
    places: ['homeserver', 'edge', 'discovery'],
    reason:
      'Both ask the process itself and nothing behind it; the one that ends it waits at least twice as long as the one that takes it out of service.',
  },
  { tool: 'kube-score', check: 'deployment-replicas', places: ['homeserver'], reason: ONE_SYNAPSE },
  { tool: 'kube-score', check: 'deployment-strategy', places: ['homeserver'], reason: ONE_SYNAPSE },
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
    reason: 'Only where nodePort is set, as the platform needs it; its NetworkPolicy lets in only declared clients.',
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
    reason: 'Nobody connects to it: it needs no name.',
  },
  {
    tool: 'checkov',
    check: 'CKV_K8S_8',
    places: ['wal-receiver/receiver'],
    reason:
      'What receives ends with its connection and is started again by the script; ending the pod would hold up commits for longer.',
  },
  {
    tool: 'checkov',
    check: 'CKV_K8S_8',
    places: ['database/roles'],
    reason: 'It looks at a folder every few seconds and serves nobody.',
  },
  {
    tool: 'checkov',
    check: 'CKV_K8S_9',
    places: ['database/roles'],
    reason: 'It serves nobody, and the database is ready without it.',
  },
];
