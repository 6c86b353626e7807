import { type IncomingHttpHeaders, request } from 'node:http';
import { Chart, Testing, Yaml } from 'cdk8s';
import { MatrixDiscovery, Secrets, SupportRole, System } from '../../lib';
import { kubectl } from './support/kubectl';
import { PortForward } from './support/port-forward';
import { makeNamespace, removeNamespace } from './support/system';

jest.setTimeout(120_000);

const NAMESPACE = 'matrix-e2e-discovery';

describe('discovery', () => {
  let forward: PortForward;

  beforeAll(async () => {
    const chart = new Chart(Testing.app(), 'matrix', { namespace: NAMESPACE, disableResourceNameHashes: true });
    const system = new System(chart, 'System', {
      serverName: 'one.example',
      publicBaseUrl: 'https://matrix.one.example',
      // No part requests a secret, so there is no Job.
      secrets: Secrets.existing({}),
    });
    new MatrixDiscovery(chart, 'Discovery', {
      system,
      extraClientContent: { 'org.matrix.msc4143.rtc_foci': [{ type: 'livekit' }] },
      supportContacts: [{ role: SupportRole.ADMIN, emailAddress: 'admin@one.example' }],
      furtherSites: [
        { serverName: 'two.example', publicBaseUrl: 'https://two.example', federationHost: 'fed.two.example:8448' },
      ],
    });
    await removeNamespace(NAMESPACE);
    await makeNamespace(NAMESPACE, { 'pod-security.kubernetes.io/enforce': 'restricted' });
    await kubectl(['apply', '-f', '-'], Yaml.stringify(...Testing.synth(chart)));
    await kubectl(['rollout', 'status', 'deployment/matrix-discovery', '-n', NAMESPACE, '--timeout=60s']);
    forward = await PortForward.open(NAMESPACE, 'deployment/matrix-discovery', 8090);
  });

  afterAll(async () => {
    forward?.close();
    await removeNamespace(NAMESPACE);
  });

  const ask = (method: string, host: string, path: string) =>
    new Promise<{ status?: number; headers: IncomingHttpHeaders; text: string }>((done, failed) => {
      const question = request(`${forward.url}${path}`, { method, headers: { Host: host } }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () =>
          done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }),
        );
      });
      question.on('error', failed).end();
    });

  const SERVER = '/.well-known/matrix/server';
  const CLIENT = '/.well-known/matrix/client';
  const SUPPORT = '/.well-known/matrix/support';

  it.each([
    ['one.example', SERVER, { 'm.server': 'matrix.one.example:443' }],
    ['ONE.example:443', SERVER, { 'm.server': 'matrix.one.example:443' }],
    ['two.example', SERVER, { 'm.server': 'fed.two.example:8448' }],
    ['two.example', CLIENT, { 'm.homeserver': { base_url: 'https://two.example' } }],
    [
      'one.example',
      CLIENT,
      {
        'm.homeserver': { base_url: 'https://matrix.one.example' },
        'org.matrix.msc4143.rtc_foci': [{ type: 'livekit' }],
      },
    ],
    ['one.example', SUPPORT, { contacts: [{ role: 'm.role.admin', email_address: 'admin@one.example' }] }],
  ])('serves %s at %s', async (host, path, document) => {
    const { status, headers, text } = await ask('GET', host, path);
    expect({ status, document: JSON.parse(text) }).toEqual({ status: 200, document });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
      'cache-control': expect.stringContaining('max-age=3600'),
    });
  });

  it.each([
    ['a server that is not served', 'GET', 'three.example', SERVER, 404],
    ['a document that the site does not have', 'GET', 'two.example', SUPPORT, 404],
    ['any other path', 'GET', 'one.example', '/', 404],
    ['a path traversal', 'GET', 'one.example', '/.well-known/matrix/%2e%2e/%2e%2e/etc/passwd', 404],
    ['a host that is a path', 'GET', '../one.example', SERVER, 400],
    ['POST', 'POST', 'one.example', CLIENT, 405],
    ['DELETE', 'DELETE', 'one.example', SERVER, 405],
  ])('refuses %s', async (_what, method, host, path, status) => {
    const answer = await ask(method, host, path);
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  it('answers a CORS preflight', async () => {
    const { status, headers } = await ask('OPTIONS', 'one.example', CLIENT);
    expect({ status, origin: headers['access-control-allow-origin'] }).toEqual({ status: 204, origin: '*' });
  });

  it("passes nginx's own check", async () => {
    const check = ['nginx', '-e', 'stderr', '-t', '-c', '/etc/matrix-discovery/config/default.conf'];
    await kubectl(['exec', '-n', NAMESPACE, 'deployment/matrix-discovery', '--', ...check]);
  });
});
