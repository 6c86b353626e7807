/**
 * Returns the servers of calls in rooms, as a policy of a page names them: one host has the token service and the SFU.
 *
 * @param serviceUrl URL of the token service; undefined without calls.
 */
export function callServers(serviceUrl?: string): string[] {
  if (!serviceUrl) {
    return [];
  }
  const { host } = new URL(serviceUrl);
  return [`https://${host}`, `wss://${host}`];
}
