import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Frame, Page } from 'playwright-core';
import type { WidgetSetup } from '../browser/widget-host';

/** Where a client would be that shows Element Call. */
const CLIENT = 'https://element.calls.test/';

/** Keeps the connections of a page, to ask them what they receive. */
const KEEP = `globalThis.connections = [];
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...all) { super(...all); connections.push(this); }
};`;

/** What Element Call receives. */
export interface Received {
  readonly frames: number;
  readonly soundBytes: number;
}

/** Element Call as a widget of a client, in a page. */
export class ElementCall {
  /** Hosts that the page and the widget have asked. */
  public readonly asked = new Set<string>();
  /** What the policies of the pages refused. */
  public readonly refused: string[] = [];

  private constructor(public readonly page: Page) {
    page.on('request', (request) => this.note(request.url()));
    page.on('websocket', (socket) => this.note(socket.url()));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.refused.push(message.text());
    });
  }

  /** Opens the client in a page. */
  public static async show(page: Page, setup: WidgetSetup): Promise<ElementCall> {
    const widget = new ElementCall(page);
    await page.addInitScript(KEEP);
    await page.route(`${CLIENT}**`, (route) => route.fulfill({ contentType: 'text/html', body: html(setup) }));
    await page.goto(CLIENT);
    return widget;
  }

  /** What it has received, as soon as there are so many frames, and sound. */
  public async receives(frames: number): Promise<Received> {
    for (;;) {
      const received = await this.frame?.evaluate(look).catch(() => undefined);
      if (received && received.frames >= frames && received.soundBytes > 0) {
        return received;
      }
      await new Promise((done) => setTimeout(done, 200));
    }
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
  const received = { frames: 0, soundBytes: 0 };
  // biome-ignore lint/suspicious/noExplicitAny: a page has it, Node does not.
  for (const connection of (globalThis as any).connections) {
    for (const [, one] of await connection.getStats()) {
      if (one.type !== 'inbound-rtp') continue;
      if (one.kind === 'video') received.frames += one.framesDecoded ?? 0;
      else received.soundBytes += one.bytesReceived;
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
