import { SYNAPSE_IMAGE } from '../../../lib/python/synapse-image';
import { kubectl } from './kubectl';

/** Listens at ports that are still free. */
const LISTEN = `
import signal, socket, sys, threading
def serve(server):
    while True:
        server.accept()[0].close()
for port in map(int, sys.argv[1:]):
    try:
        server = socket.create_server(("", port), backlog=256)
    except OSError:
        continue
    threading.Thread(target=serve, args=(server,), daemon=True).start()
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
signal.pause()
`;

/** Tries four hundred addresses at once, each host:port or udp:host:port of a name server, and prints those that answer. */
const CONNECT = `
import asyncio, socket, sys
NAME = b"\\x0akubernetes\\x07default\\x03svc\\x07cluster\\x05local\\0"
QUERY = bytes.fromhex("000101000001000000000000") + NAME + bytes.fromhex("00010001")
def ask(host, port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(5)
        client.sendto(QUERY, (host, port))
        client.recv(512)
async def reached(address, turns):
    *udp, host, port = address.split(":")
    async with turns:
        try:
            if udp:
                await asyncio.to_thread(ask, host, int(port))
            else:
                _, writer = await asyncio.wait_for(asyncio.open_connection(host, int(port)), 5)
                writer.close()
            return True
        except OSError:
            return False
async def main():
    turns = asyncio.Semaphore(400)
    for address, ok in zip(sys.argv[1:], await asyncio.gather(*(reached(address, turns) for address in sys.argv[1:]))):
        if ok: print(address)
asyncio.run(main())
`;

const HARDENED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
/** Name of the container in the pods of others. */
const GUEST = 'probe';

function listener(ports: number[]) {
  const command = ['python3', '-c', LISTEN, ...ports.map(String)];
  return { name: GUEST, image: SYNAPSE_IMAGE.reference, command, securityContext: HARDENED };
}

/**
 * Starts a pod that only listens, allowed in a namespace that enforces `restricted`.
 *
 * It is never ready: with the labels of a workload it would get connections that are meant for that.
 */
export async function startProbe(
  namespace: string,
  name: string,
  labels: { [key: string]: string },
  ports = [8080],
  cpu?: string,
): Promise<void> {
  const probes = {
    startupProbe: { tcpSocket: { port: ports[0] }, periodSeconds: 1, failureThreshold: 120 },
    readinessProbe: { exec: { command: ['false'] }, periodSeconds: 3600 },
  };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 991, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ ...listener(ports), ...probes, ...(cpu ? { resources: { requests: { cpu } } } : {}) }],
    },
  };
  await kubectl(['apply', '-f', '-'], JSON.stringify(pod));
  const started = '--for=jsonpath={.status.containerStatuses[0].started}=true';
  await kubectl(['wait', started, `pod/${name}`, '-n', namespace, '--timeout=120s']);
}

/** Starts the pod `client`, which may use the admin Service and measures: without a CPU request, a busy node keeps it waiting. */
export function startClient(namespace: string): Promise<void> {
  return startProbe(namespace, 'client', { app: 'userservice' }, [8080], '50m');
}

/** Adds a container to an existing pod: it has the pod's address and policies. */
export async function joinPod(namespace: string, pod: string, ports: number[]): Promise<void> {
  const patch = JSON.stringify({ spec: { ephemeralContainers: [listener(ports)] } });
  await kubectl(['patch', 'pod', pod, '-n', namespace, '--subresource=ephemeralcontainers', '-p', patch]);
  const running = '--for=jsonpath={.status.ephemeralContainerStatuses[0].state.running.startedAt}';
  await kubectl(['wait', running, `pod/${pod}`, '-n', namespace, '--timeout=120s']);
}

/** Address of the first pod with these labels. */
export async function podIp(namespace: string, selector: string): Promise<string> {
  return kubectl(['get', 'pods', '-n', namespace, '-l', selector, '-o', 'jsonpath={.items[0].status.podIP}']);
}

/** The addresses that answer to a probe, or to the probe in another pod. */
export async function reachable(namespace: string, pod: string, addresses: string[]): Promise<string[]> {
  const command = ['python3', '-c', CONNECT, ...addresses];
  const printed = await kubectl(['exec', '-n', namespace, pod, '-c', GUEST, '--', ...command]);
  return printed.split('\n').filter(Boolean).sort();
}
