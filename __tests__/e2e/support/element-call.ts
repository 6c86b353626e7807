import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Frame, Page } from 'playwright-core';
import type { WidgetSetup } from '../browser/widget-host';

/** Keeps the connections of a page, to ask them what they receive. Some may use only a relay. */
const kept = (policy: 'all' | 'relay') => `globalThis.connections = [];
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(config) { super({ ...config, iceTransportPolicy: '${policy}' }); connections.push(this); }
  setConfiguration(config) { super.setConfiguration({ ...config, iceTransportPolicy: '${policy}' }); }
};`;

/** Milliseconds until two busy cores have shown the pictures of four people. */
const PATIENCE = 110_000;

/** What Element Call receives. */
export interface Received {
  readonly frames: number;
  /** Number of others whose pictures arrive. */
  readonly pictures: number;
  readonly soundBytes: number;
  /** How it is connected: `udp`, `tcp` or `relay`. */
  readonly ways: string[];
}

/** Element Call as a widget of a client, in a page. */
export class ElementCall {
  /** Hosts that the page and the widget have asked. */
  public readonly asked = new Set<string>();
  /** What the policies of the pages refused. */
  public readonly refused: string[] = [];
  /** Requests that got no answer, for messages. */
  private readonly failed: string[] = [];
  /** Whether it has handed over the event by which it leaves, which it does only once it is connected. */
  private handedOver = false;

  private constructor(public readonly page: Page) {
    page.on('request', (request) => this.note(request.url()));
    page.on('requestfinished', (request) => {
      if (request.postData()?.includes('"delay_id"')) this.handedOver = true;
    });
    page.on('requestfailed', (request) => this.failed.push(`${request.url()} ${request.failure()?.errorText}`));
    page.on('websocket', (socket) => this.note(socket.url()));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.refused.push(message.text());
    });
  }

  /** Opens in a page what a client would have where it shows Element Call. */
  public static async show(page: Page, setup: WidgetSetup, policy: 'all' | 'relay' = 'all'): Promise<ElementCall> {
    const widget = new ElementCall(page);
    const client = setup.elementCall.replace('//call.', '//element.');
    await page.addInitScript(kept(policy));
    await page.route(`${client}/**`, (route) => route.fulfill({ contentType: 'text/html', body: html(setup) }));
    // Loading is slow on two cores while three others are in the call.
    await page.goto(`${client}/`, { timeout: 60_000 });
    return widget;
  }

  /** Waits for so many frames, pictures of so many others, sound, and the handover of the event by which it leaves. */
  public async receives(frames: number, others = 1): Promise<Received> {
    const end = Date.now() + PATIENCE;
    let received: Received | undefined;
    while (Date.now() < end) {
      received = await this.received();
      const { frames: seen = 0, pictures = 0, soundBytes = 0 } = received ?? {};
      if (received && seen >= frames && pictures >= others && soundBytes > 0 && this.handedOver) {
        return received;
      }
      await new Promise((done) => setTimeout(done, 200));
    }
    throw new Error(
      `only ${JSON.stringify(received)}, event handed over: ${this.handedOver}, after ${PATIENCE} ms, ` +
        `at ${this.page.frames().map((frame) => frame.url())}, without an answer: ${this.failed}`,
    );
  }

  /** What it has received so far; undefined while the page is loaded. */
  public async received(): Promise<Received | undefined> {
    return this.frame?.evaluate(look).catch(() => undefined);
  }

  private get frame(): Frame | undefined {
    return this.page.frames().find((frame) => frame.url().includes('widgetId='));
  }

  private note(url: string): void {
    if (/^(https?|wss?):/.test(url)) this.asked.add(new URL(url).host);
  }
}

/** Runs in the widget. */
async function look(): Promise<Received> {
  const received = { frames: 0, pictures: 0, soundBytes: 0, ways: [] as string[] };
  // biome-ignore lint/suspicious/noExplicitAny: a page has it, Node does not.
  for (const connection of (globalThis as any).connections) {
    const report = await connection.getStats();
    for (const [, one] of report) {
      if (one.type === 'transport') {
        const local = report.get(report.get(one.selectedCandidatePairId)?.localCandidateId);
        // LiveKit's relay connects from another address than it announces, so the candidate's type is `prflx`.
        received.ways.push(local?.relayProtocol ? 'relay' : local?.protocol);
      }
      if (one.type !== 'inbound-rtp') continue;
      if (one.kind === 'video') {
        received.frames += one.framesDecoded ?? 0;
        received.pictures += one.framesDecoded ? 1 : 0;
      } else {
        received.soundBytes += one.bytesReceived;
      }
    }
  }
  return received;
}

function html(setup: WidgetSetup): string {
  const [script] = buildSync({
    entryPoints: [join(__dirname, '..', 'browser', 'widget-host.ts')],
    bundle: true,
    format: 'iife',
    write: false,
  }).outputFiles;
  const frame =
    '<iframe allow="camera; microphone; display-capture; autoplay; speaker-selection; screen-wake-lock" width="900" height="600"></iframe>';
  return `<!doctype html><title>Room</title>${frame}<script>setup = ${JSON.stringify(setup)}</script><script>${script.text}</script>`;
}
