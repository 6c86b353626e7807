import type { k8s } from '../kubernetes/k8s';

/** Environment of our Python scripts: their folder is read-only, and what they say is read while they run. */
export const PYTHON: k8s.EnvVar[] = [
  { name: 'PYTHONDONTWRITEBYTECODE', value: '1' },
  { name: 'PYTHONUNBUFFERED', value: '1' },
];
