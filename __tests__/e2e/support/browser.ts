import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { type Browser as Chromium, chromium, type Page } from 'playwright-core';
import type { app } from '../browser/app';
import type { Authority } from './authority';

type App = typeof app;

/** Without a window, and without asking Google for anything; see /usr/bin/chromium --help. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A camera and a microphone that are not there, which no person has to allow. */
export const FAKE_MEDIA = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** A page that a test makes counts as one of the internet, which may not ask a test cluster. */
export const FROM_ANYWHERE = '--disable-features=LocalNetworkAccessChecks';
/** Makes Chromium send media only by TCP. */
export const NO_UDP = '--webrtc-ip-handling-policy=disable_non_proxied_udp';

/** Chromium with the page `browser/app.ts` at its own origin. */
export class Browser {
  /**
   * @param ways real address of a host and port: `{ 'matrix.example.org:443': '127.0.0.1:12345' }`.
   * @param authority the only CA whose certificates are accepted.
   * @param flags further arguments of Chromium.
   */
  public static async open(
    ways: { [address: string]: string },
    authority: Authority,
    flags: string[] = [],
  ): Promise<Browser> {
    const rules = Object.entries(ways).map(([address, real]) => `MAP ${address} ${real}`);
    const chromiumBrowser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        ...FLAGS,
        ...flags,
        `--host-resolver-rules=${rules.join(',')}`,
        `--ignore-certificate-errors-spki-list=${authority.fingerprint}`,
      ],
    });
    const site = await serve();
    return new Browser(chromiumBrowser, site);
  }

  private constructor(
    private readonly chromium: Chromium,
    private readonly site: Server,
  ) {}

  /** Where the page is. */
  public get origin(): string {
    return `http://localhost:${(this.site.address() as AddressInfo).port}`;
  }

  /** Opens the page in a new context, without cookies. */
  public async visitor(): Promise<Visitor> {
    const context = await this.chromium.newContext();
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await page.goto(this.origin);
    return new Visitor(page, this.origin);
  }

  /** Ends its processes as a crash would. */
  public async kill(): Promise<void> {
    const session = await this.chromium.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    // The browser is the first, and the others would end with it.
    for (const { id } of processInfo.reverse()) {
      process.kill(id, 'SIGKILL');
    }
    this.site.close();
  }

  public async close(): Promise<void> {
    await this.chromium.close();
    this.site.close();
  }
}

/** A user with her own browser context. */
export class Visitor {
  constructor(
    public readonly page: Page,
    private readonly origin: string,
  ) {}

  /** Runs a function in the page, and returns its result. */
  public call<K extends keyof App>(name: K, ...args: Parameters<App[K]>): Promise<Awaited<ReturnType<App[K]>>> {
    return this.page.evaluate(
      // biome-ignore lint/suspicious/noExplicitAny: this function runs in the page, where `app` is.
      ({ name, args }) => (globalThis as any).app[name](...args),
      { name, args },
    );
  }

  /** Confirms Synapse's question, returns to the page and logs in with its token. Returns the user ID. */
  public async comeBack(homeserver: string): Promise<string> {
    await this.page.getByRole('link', { name: 'Continue' }).click();
    await this.page.waitForURL(`${this.origin}/**`);
    const token = new URL(this.page.url()).searchParams.get('loginToken') ?? '';
    return this.call('loginByToken', homeserver, token);
  }

  /** Opens the page again, without any state. */
  public async home(): Promise<void> {
    await this.page.goto(this.origin);
  }
}

async function serve(): Promise<Server> {
  const [script] = buildSync({
    entryPoints: [join(__dirname, '..', 'browser', 'app.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    // Modules for end-to-end encryption are loaded on demand, and the page does not use them.
    external: ['@matrix-org/matrix-sdk-crypto-wasm'],
  }).outputFiles;
  const html = '<!doctype html><meta charset="utf-8"><title>Matrix</title><script src="/app.js"></script>';
  const site = createServer((request, answer) => {
    const isScript = request.url === '/app.js';
    answer.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    answer.end(isScript ? script.contents : html);
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  return site;
}
