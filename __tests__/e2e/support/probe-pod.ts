import { IMAGES } from '../../../lib/kubernetes/image';
import { kubectl } from './kubectl';

/** Tries every address given as host:port at once, and prints those that accept a connection. */
const CONNECT = `
import socket, sys
from concurrent.futures import ThreadPoolExecutor
def reached(address):
    host, port = address.rsplit(":", 1)
    try:
        socket.create_connection((host, int(port)), timeout=3).close()
        return True
    except OSError:
        return False
with ThreadPoolExecutor(32) as pool:
    for address, ok in zip(sys.argv[1:], pool.map(reached, sys.argv[1:])):
        if ok: print(address)
`;

/** Starts a pod that does nothing, allowed in a namespace that enforces `restricted`. */
export async function startProbe(namespace: string, name: string, labels: { [key: string]: string }): Promise<void> {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 991, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'probe',
          image: IMAGES.synapse,
          command: [
            'python3',
            '-c',
            "import http.server as h; h.ThreadingHTTPServer(('', 8080), h.SimpleHTTPRequestHandler).serve_forever()",
          ],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
  await kubectl(['apply', '-f', '-'], JSON.stringify(pod));
  await kubectl(['wait', '--for=condition=Ready', `pod/${name}`, '-n', namespace, '--timeout=60s']);
}

/** Address of the first pod with these labels. */
export async function podIp(namespace: string, selector: string): Promise<string> {
  return kubectl(['get', 'pods', '-n', namespace, '-l', selector, '-o', 'jsonpath={.items[0].status.podIP}']);
}

/** Which of the addresses a container can connect to. Its image must have Python. */
export async function reachable(namespace: string, target: string, addresses: string[]): Promise<string[]> {
  const printed = await kubectl(['exec', '-n', namespace, target, '--', 'python3', '-c', CONNECT, ...addresses]);
  return printed.split('\n').filter(Boolean).sort();
}
