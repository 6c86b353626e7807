/** Whether a number is a valid port. */
export function isPort(port: number, lowest = 1): boolean {
  return Number.isInteger(port) && port >= lowest && port <= 65535;
}

/** The port of a URL with `http:` or `https:`, also where it is not written. */
export function portOfUrl({ protocol, port }: URL): number {
  return Number(port) || (protocol === 'http:' ? 80 : 443);
}
