import { Accounts, WebClient } from '../../lib';
import { Authority } from './support/authority';
import { Browser } from './support/browser';
import { Matrix } from './support/matrix';
import { PublicSystem } from './support/public-system';

jest.setTimeout(120_000);

/** A browser opens the web client through the controller, and asks no server of others. */
describe('the web client', () => {
  const authority = Authority.make();
  const url = 'https://element.web-client.test';
  let home: PublicSystem;
  let browser: Browser;
  const asked = new Set<string>();

  beforeAll(async () => {
    home = await PublicSystem.install('web-client', authority, {
      webClient: WebClient.element({ url, brand: 'Counselling' }),
      accounts: Accounts.none(),
    });
    await home.system.kubectl(['rollout', 'status', 'deployment/element', '--timeout=60s']);
    browser = await Browser.open(home.ways, authority);
  });
  afterAll(async () => {
    await browser?.close();
    await home?.remove();
  });

  it('logs in at the homeserver that config.json names', async () => {
    const sharedSecret = await home.system.secret('matrix-synapse-secret', 'registration_shared_secret');
    const matrix = new Matrix(await home.system.url(), sharedSecret);
    const alice = await matrix.register('alice');
    const { page } = await browser.visitor();
    page.on('request', (request) => asked.add(new URL(request.url()).host));
    const answer = await page.goto(url);
    expect(answer?.headers()).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    await page.fill('[name=user]', 'alice');
    await page.fill('[name=password]', alice.password);
    await page.click('button');
    await page.getByText('"@alice:web-client.test"').waitFor();
    expect(await page.title()).toBe('Counselling');
  });

  it('asks only its own server and the homeserver', () => {
    expect([...asked].sort()).toEqual(['element.web-client.test', 'matrix.web-client.test']);
  });

  it('cannot ask another server, even if a default of Element named one', async () => {
    const { page } = await browser.visitor();
    await page.goto(url);
    const outcome = page.evaluate(() => fetch('https://vector.im/').then(() => 'asked'));
    await expect(outcome).rejects.toThrow('Failed to fetch');
    const refused = await page.evaluate(
      () =>
        new Promise<string>((done) => {
          // biome-ignore lint/suspicious/noExplicitAny: this runs in the page.
          const document = (globalThis as any).document;
          // biome-ignore lint/suspicious/noExplicitAny: an event of the page.
          document.addEventListener('securitypolicyviolation', (event: any) => done(event.effectiveDirective));
          fetch('https://scalar.vector.im/').catch(() => undefined);
        }),
    );
    expect(refused).toBe('connect-src');
  });

  it('has no config.json of other hosts, and takes only GET and HEAD', async () => {
    const { page } = await browser.visitor();
    await page.goto(url);
    const status = (path: string, method: string) =>
      page.evaluate(({ path, method }) => fetch(path, { method }).then((one) => one.status), { path, method });
    expect(await status('/config.element.web-client.test.json', 'GET')).toBe(404);
    expect(await status('/config.json', 'GET')).toBe(200);
    expect(await status('/config.json', 'DELETE')).toBe(405);
  });
});
