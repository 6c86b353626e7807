import { fileBeside } from '../kubernetes/files';
import type { k8s } from '../kubernetes/k8s';

/** Environment of our Python programs: their folder is read-only, and what they print is read while they run. */
export const PYTHON: k8s.EnvVar[] = [
  { name: 'PYTHONDONTWRITEBYTECODE', value: '1' },
  { name: 'PYTHONUNBUFFERED', value: '1' },
];

/** The library through which our programs speak to Kubernetes, for the ConfigMap beside them. */
export const KUBERNETES_API = { 'kubernetes_api.py': fileBeside(__dirname, 'kubernetes_api.py') };

/** As {@link KUBERNETES_API}, to Synapse. */
export const SYNAPSE_API = { 'synapse_api.py': fileBeside(__dirname, 'synapse_api.py') };
