import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Outside } from '../../cli/outside';

let server: Server;
let outside: Outside;
let address: string;

beforeAll(async () => {
  server = createServer(({ method, url, headers }, answer) => {
    if (method === 'OPTIONS') {
      answer.setHeader('Access-Control-Allow-Origin', headers.origin ?? 'none');
      answer.setHeader('Access-Control-Allow-Methods', headers['access-control-request-method'] ?? 'none');
      answer.end();
    } else if (url === '/moved') {
      answer.writeHead(302, { location: '/here?a=b' }).end();
    } else if (url === '/circle') {
      answer.writeHead(302, { location: '/circle' }).end();
    } else {
      answer.end(`${headers.host} ${url}`);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  outside = new Outside(
    new Map([
      ['example.org:80', address],
      ['example.org:443', address],
      ['closed.example.org:80', '127.0.0.1:1'],
    ]),
  );
});
afterAll(() => server.close());

it('connects to the given address, with the name of the host', async () => {
  expect(await outside.get('http://example.org/path')).toMatchObject({ status: 200, body: 'example.org /path' });
  expect([outside.isGiven('example.org', 80), outside.isGiven('example.org', 8448)]).toEqual([true, false]);
});

it('follows redirects, but not for ever', async () => {
  expect(await outside.get('http://example.org/moved')).toMatchObject({ body: 'example.org /here?a=b' });
  expect(await outside.get('http://example.org/circle')).toMatchObject({ status: 302 });
});

it('asks as a browser does before it lets a page send a request', async () => {
  const { headers } = await outside.preflight('http://example.org/');
  expect(headers).toMatchObject({
    'access-control-allow-origin': 'https://page.invalid',
    'access-control-allow-methods': 'GET',
  });
});

it('says why there is no answer', async () => {
  expect(await outside.get('http://closed.example.org/')).toMatchObject({
    status: 0,
    problem: expect.stringMatching(/ECONNREFUSED/),
  });
  expect((await outside.get('https://example.org/')).problem).toMatch(/SSL|TLS|packet/i);
  await expect(outside.certificate('example.org', 443)).rejects.toThrow();
});

it('connects by TCP, or says why not', async () => {
  expect(await outside.connect('example.org', 80)).toBeUndefined();
  expect(await outside.connect('closed.example.org', 80)).toMatch(/ECONNREFUSED/);
});

it('knows a STUN server by an answer to its own question', async () => {
  const server = createSocket('udp4');
  server.on('message', (asked, { port, address }) => {
    const answer = Buffer.from(asked);
    answer.writeUInt16BE(0x0101);
    server.send(answer, port, address);
  });
  await new Promise<void>((done) => server.bind(0, '127.0.0.1', done));
  expect(await outside.stun('127.0.0.1', server.address().port)).toBeUndefined();
  server.close();
});
