/** The middle value: a busy machine makes single runs slow, never fast. */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** The middle half of the values, as `low – high`. */
export function middleHalf(values: number[], digits: number): string {
  return `${quantile(values, 0.25).toFixed(digits)} – ${quantile(values, 0.75).toFixed(digits)}`;
}

/** The value below which a share of the values is. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  return below + (sorted[Math.ceil(position)] - below) * (position - Math.floor(position));
}
