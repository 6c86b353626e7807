import { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import { Cpu as CpuAmount, k8s } from '../k8s';
import { checkCall } from './checked';

const MEBIBYTES: { [suffix: string]: number } = { Mi: 1, Gi: 1024, Ti: 1024 ** 2, Pi: 1024 ** 3 };

/**
 * Parses a Kubernetes quantity of memory or storage.
 *
 * @param text a whole number with `Mi`, `Gi` or `Ti`, such as `512Mi`.
 * @throws on any other format, including `10GB` and `10 Gi`.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseSize(text: string): Size {
  checkCall('parseSize', [text]);
  const match = /^([1-9]\d*)(Mi|Gi|Ti)$/.exec(text);
  if (!match) {
    throw new Error(
      `parseSize: '${text}' is not a valid amount of memory or storage: use a whole number with Mi, Gi or Ti, such as 10Gi`,
    );
  }
  return Size.mebibytes(Number(match[1]) * MEBIBYTES[match[2]]);
}

/**
 * Parses a Kubernetes quantity of CPU.
 *
 * @param text cores, or thousandths of a core with `m`, such as `2`, `0.5` or `250m`.
 * @throws on any other format.
 */
export function parseCpu(text: string): Cpu {
  checkCall('parseCpu', [text]);
  return CpuAmount.millis(millisOf(text));
}

function millisOf(text: string): number {
  const match = /^(?:([1-9]\d*)m|(\d+(?:\.\d{1,3})?))$/.exec(text);
  const millis = match ? Number(match[1] ?? Math.round(Number(match[2]) * 1000)) : 0;
  if (millis < 1) {
    throw new Error(
      `parseCpu: '${text}' is not a valid amount of CPU: use cores or thousandths of a core, such as 2, 0.5 or 250m`,
    );
  }
  return millis;
}

/**
 * Converts a size to a Kubernetes quantity.
 *
 * It has the form in which the API server stores it. With another form, each apply would look like a change.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(size: Size): k8s.Quantity {
  return k8s.Quantity.fromString(formatSize(size));
}

/** Returns an amount of CPU in thousandths of a core. */
export function cpuMillis(cpu: Cpu): number {
  return millisOf(String(cpu?.amount));
}

/** Converts thousandths of a core to a Kubernetes quantity, in the form in which the API server stores it. */
export function cpuQuantity(millis: number): k8s.Quantity {
  return k8s.Quantity.fromString(millis % 1000 === 0 ? `${millis / 1000}` : `${millis}m`);
}

/** Formats a size like {@link quantity}, as text. */
export function formatSize(size: Size): string {
  const mebibytes = size.toMebibytes();
  if (!Number.isInteger(mebibytes)) {
    throw new Error(`${mebibytes}Mi is not a whole number of mebibytes: use Size.mebibytes(${Math.ceil(mebibytes)})`);
  }
  const exact = Object.entries(MEBIBYTES).filter(([, factor]) => mebibytes % factor === 0);
  const [suffix, factor] = exact[exact.length - 1];
  return mebibytes === 0 ? '0' : `${mebibytes / factor}${suffix}`;
}
