/** Whether a number is a valid port. */
export function isPort(port: number, lowest = 1): boolean {
  return Number.isInteger(port) && port >= lowest && port <= 65535;
}
