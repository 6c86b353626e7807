const UNITS: { [suffix: string]: number } = { '': 1, m: 0.001, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** A rendered quantity as a number: cores, or bytes. */
export function amountOf(quantity: string): number {
  const [, number, suffix] = /^(\d+(?:\.\d+)?)(m|[KMGT]i)?$/.exec(quantity) ?? [];
  if (number === undefined) {
    throw new Error(`'${quantity}' is no quantity that this program writes`);
  }
  return Number(number) * UNITS[suffix ?? ''];
}
