import { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import { Cpu as CpuAmount, k8s } from '../k8s';

const MEBIBYTES: { [suffix: string]: number } = { Mi: 1, Gi: 1024, Ti: 1024 * 1024 };

/**
 * Reads an amount of memory or storage as Kubernetes writes it.
 *
 * @param text a whole number with `Mi`, `Gi` or `Ti`: `512Mi`.
 * @throws on anything else, `10GB` and `10 Gi` included.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseSize(text: string): Size {
  const match = /^([1-9]\d*)(Mi|Gi|Ti)$/.exec(text);
  if (!match) {
    throw new Error(
      `'${text}' is no amount of memory or storage: write a whole number with Mi, Gi or Ti, such as 10Gi`,
    );
  }
  return Size.mebibytes(Number(match[1]) * MEBIBYTES[match[2]]);
}

/**
 * Reads an amount of CPU as Kubernetes writes it.
 *
 * @param text whole or decimal cores, or thousandths with `m`: `2`, `0.5`, `250m`.
 * @throws on anything else.
 */
export function parseCpu(text: string): Cpu {
  const match = /^(?:([1-9]\d*)m|(\d+(?:\.\d{1,3})?))$/.exec(text);
  const millis = match ? Number(match[1] ?? Math.round(Number(match[2]) * 1000)) : 0;
  if (millis < 1) {
    throw new Error(`'${text}' is no amount of CPU: write cores or thousandths of one, such as 2, 0.5 or 250m`);
  }
  return CpuAmount.millis(millis);
}

/** A size in Kubernetes' words, in the largest unit that says it exactly. */
export function quantity(size: Size): k8s.Quantity {
  return k8s.Quantity.fromString(formatSize(size));
}

/** As {@link quantity}, as text. */
export function formatSize(size: Size): string {
  // By its shape: a program may have loaded another copy of cdk8s.
  if (typeof size?.toMebibytes !== 'function') {
    throw new Error(`${JSON.stringify(size)} is no Size: write Size.gibibytes(10) or parseSize('10Gi')`);
  }
  const mebibytes = size.toMebibytes();
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}
