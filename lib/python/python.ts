import { fileBeside } from '../kubernetes/files';
import type { k8s } from '../kubernetes/k8s';

/** Environment of the Python programs: their folder is read-only, and their output must appear at once. */
export const PYTHON: k8s.EnvVar[] = [
  { name: 'PYTHONDONTWRITEBYTECODE', value: '1' },
  { name: 'PYTHONUNBUFFERED', value: '1' },
];

/** The Kubernetes API client of the Python programs, for their ConfigMap. */
export const KUBERNETES_API = {
  'kubernetes_api.py': fileBeside(__dirname, 'kubernetes_api.py'),
  'kubernetes_secrets.py': fileBeside(__dirname, 'kubernetes_secrets.py'),
};

/** What the Python programs say about volumes, for their ConfigMap. */
export const VOLUME = { 'volume.py': fileBeside(__dirname, 'volume.py') };

/** The Synapse API client of the Python programs, for their ConfigMap. */
export const SYNAPSE_API = { 'synapse_api.py': fileBeside(__dirname, 'synapse_api.py') };

/** A session of the administrator at Synapse's admin API, for their ConfigMap. */
export const SYNAPSE_ADMIN = { ...SYNAPSE_API, 'synapse_admin.py': fileBeside(__dirname, 'synapse_admin.py') };
