import type { MatrixClient } from 'matrix-js-sdk';
import { CallEvent, CallState, type MatrixCall } from 'matrix-js-sdk/lib/webrtc/call';
import { CallEventHandlerEvent } from 'matrix-js-sdk/lib/webrtc/callEventHandler';

/** How a browser reaches the TURN server. */
export type Transport = 'udp' | 'tcp' | 'tls';

/** What a browser receives in a call. */
export interface Received {
  readonly frames: number;
  readonly soundPackets: number;
  /** Kinds of the two ends of the path that the media takes, and how this one reaches the TURN server. */
  readonly path: string;
}

/** What a page gives to RTCPeerConnection. The tests are compiled without the types of a browser. */
interface Configuration {
  readonly iceServers?: { readonly urls: string | string[] }[];
}

// biome-ignore lint/suspicious/noExplicitAny: the class exists only in the page.
const page: any = globalThis;
const NATIVE = page.RTCPeerConnection;
let current: MatrixCall | undefined;
let incoming: MatrixCall | undefined;

/** 1:1 calls by `m.call.*` events, as matrix-js-sdk makes them. */
export const calls = (client: () => MatrixClient, seen: <T>(look: () => T | undefined | false) => Promise<T>) => ({
  /** Waits for the TURN server's URIs, and takes incoming calls. */
  async readyForCalls(): Promise<string[]> {
    client().on(CallEventHandlerEvent.Incoming, (call: MatrixCall) => {
      incoming = call;
    });
    await client().checkTurnServers();
    return seen(() => client().getTurnServers()[0]?.urls as string[] | undefined);
  },

  /** Relays every call, and reaches the TURN server by one transport only. */
  async relayOnly(transport: Transport): Promise<void> {
    const fits = (url: string) =>
      transport === 'tls' ? url.startsWith('turns:') : url.startsWith('turn:') && url.endsWith(`=${transport}`);
    page.RTCPeerConnection = class extends NATIVE {
      constructor(config: Configuration = {}) {
        const iceServers = (config.iceServers ?? []).map((one) => ({ ...one, urls: [one.urls].flat().filter(fits) }));
        super({ ...config, iceServers, iceTransportPolicy: 'relay' });
      }
    };
  },

  /** Calls, and returns once the call is connected. */
  async placeCall(room: string): Promise<number> {
    const call = client().createCall(room);
    if (!call) {
      throw new Error('matrix-js-sdk makes no calls in this browser');
    }
    current = call;
    const begin = Date.now();
    await call.placeVideoCall();
    await connected(call);
    return Date.now() - begin;
  },

  async answerCall(): Promise<void> {
    current = await seen(() => incoming);
    incoming = undefined;
    await current.answer(true, true);
    await connected(current);
  },

  /** What has arrived, as soon as there are so many frames. */
  async receives(frames: number): Promise<Received> {
    for (;;) {
      const stats = (await current?.getCurrentCallStats()) ?? [];
      const byId = new Map(stats.map((one) => [one.id, one]));
      const inbound = (kind: string) => stats.find((one) => one.type === 'inbound-rtp' && one.kind === kind);
      const pair = byId.get(stats.find((one) => one.type === 'transport')?.selectedCandidatePairId);
      const [own, other] = [byId.get(pair?.localCandidateId), byId.get(pair?.remoteCandidateId)];
      const received = {
        frames: inbound('video')?.framesDecoded ?? 0,
        soundPackets: inbound('audio')?.packetsReceived ?? 0,
        path: `${own?.candidateType}/${own?.relayProtocol} to ${other?.candidateType}`,
      };
      if (received.frames >= frames && received.soundPackets > 0) {
        return received;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  },

  async hangUp(): Promise<void> {
    current?.hangup('user_hangup' as never, false);
  },
});

function connected(call: MatrixCall): Promise<void> {
  return new Promise((done, failed) => {
    const look = () => {
      if (call.state === CallState.Connected) done();
      if (call.state === CallState.Ended) failed(new Error(`the call ended: ${call.hangupReason}`));
    };
    call.on(CallEvent.State, look);
    call.on(CallEvent.Error, (error) => failed(new Error(`the call failed: ${error.message}`)));
    look();
  });
}
