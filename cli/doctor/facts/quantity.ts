const POWERS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/**
 * A quantity of Kubernetes as a number: cores, or bytes.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(text: string | undefined): number {
  const [, digits = '0', suffix = ''] = /^([\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(text ?? '') ?? [];
  const binary = suffix.endsWith('i');
  const unit = binary ? suffix.slice(0, -1) : suffix.replace('k', 'K');
  const small = { m: 1e-3, u: 1e-6, n: 1e-9 }[unit];
  return Number(digits) * (small ?? (binary ? 1024 : 1000) ** Math.max(POWERS.indexOf(unit), 0));
}
