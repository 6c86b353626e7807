import { type RemoteTrack, Room, RoomEvent, VideoPresets } from 'livekit-client';
import type { MatrixClient } from 'matrix-js-sdk';
import type { StateEvents } from 'matrix-js-sdk/lib/@types/event';

/** What a browser receives from one participant or more. */
export interface Media {
  readonly frames: number;
  readonly soundBytes: number;
  /** Transport of each path that media takes. */
  readonly transports: string[];
  /** Milliseconds from the wish to join until the SFU was connected, and until the first picture was shown. */
  readonly connected: number;
  readonly firstPicture: number;
}

/** The event of a member of a call. */
const MEMBER = 'org.matrix.msc3401.call.member' as keyof StateEvents;
/** As Element Call asks for it. */
const LEAVE_DELAY = 3_600_000;

// biome-ignore lint/suspicious/noExplicitAny: the tests are compiled without the types of a browser.
const page: any = globalThis;
let sfu: Room;
let tracks: RemoteTrack[] = [];
let began = 0;
let connected = 0;
let firstPicture = 0;
let ended = '';
let returns = 0;

/** Calls by MatrixRTC: a token from the service that the homeserver names, and media through LiveKit. */
export const groupCalls = (client: () => MatrixClient, seen: <T>(look: () => T | undefined | false) => Promise<T>) => ({
  /** Joins the call of a room, with camera and microphone. Returns the address of the token service. */
  async joinGroupCall(room: string): Promise<string> {
    tracks = [];
    firstPicture = 0;
    returns = 0;
    ended = '';
    began = performance.now();
    const service = await serviceOf(client());
    const { url, jwt } = await token(client(), service, room);
    // Small pictures of one size: all browsers share a test machine.
    sfu = new Room({
      videoCaptureDefaults: { resolution: VideoPresets.h360.resolution },
      publishDefaults: { simulcast: false },
    });
    sfu.on(RoomEvent.TrackSubscribed, (track) => {
      tracks.push(track);
      if (track.kind === 'video') {
        show(track);
      }
    });
    sfu.on(RoomEvent.TrackUnsubscribed, (track) => {
      tracks = tracks.filter((one) => one !== track);
    });
    sfu.on(RoomEvent.Reconnected, () => {
      returns += 1;
    });
    sfu.on(RoomEvent.Disconnected, (reason) => {
      ended = `the call ended for reason ${reason}`;
    });
    await sfu.connect(url, jwt);
    connected = performance.now() - began;
    await sfu.localParticipant.enableCameraAndMicrophone();
    return service;
  },

  /** What has arrived, as soon as there are so many frames from each of the others, and sound. */
  async receivesFrom(others: number, frames: number): Promise<Media> {
    for (;;) {
      const all = await Promise.all(tracks.map(stats));
      const pictures = all.filter((one) => one.frames >= frames);
      const sounds = all.filter((one) => one.kind === 'audio' && one.bytes > 0);
      if (pictures.length >= others && sounds.length >= others && firstPicture > 0) {
        const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
        return {
          frames: sum(pictures.map((one) => one.frames)),
          soundBytes: sum(sounds.map((one) => one.bytes)),
          transports: [...new Set(all.map((one) => one.transport))],
          connected: Math.round(connected),
          firstPicture: Math.round(firstPicture),
        };
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  },

  /** Returns as soon as the client has joined again by itself. */
  async joinsAgain(): Promise<true> {
    return seen(() => {
      if (ended) throw new Error(ended);
      return returns > 0;
    });
  },

  /** Returns as soon as so many others are in the call. */
  async othersInCall(count: number): Promise<true> {
    return seen(() => sfu.remoteParticipants.size === count);
  },
});

async function serviceOf(client: MatrixClient): Promise<string> {
  const path = `${client.getHomeserverUrl()}/_matrix/client/unstable/org.matrix.msc4143/rtc/transports`;
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
  const { rtc_transports } = (await answer.json()) as { rtc_transports: { livekit_service_url: string }[] };
  return rtc_transports[0].livekit_service_url;
}

/** Writes the member's event, and hands the one that ends it to the token service. */
async function token(client: MatrixClient, service: string, room: string): Promise<{ url: string; jwt: string }> {
  const [user, device] = [client.getSafeUserId(), client.getDeviceId()];
  const stateKey = `_${user}_${device}_m.call`;
  const late = { delay: LEAVE_DELAY };
  const leave = await client._unstable_sendDelayedStateEvent(room, late, MEMBER, {} as never, stateKey);
  await client.sendStateEvent(room, MEMBER, { application: 'm.call', device_id: device } as never, stateKey);
  const body = {
    room,
    device_id: device,
    openid_token: await client.getOpenIdToken(),
    delay_id: (leave as { delay_id: string }).delay_id,
    delay_timeout: LEAVE_DELAY,
    delay_cs_api_url: client.getHomeserverUrl(),
  };
  const answer = await fetch(`${service}/sfu/get`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) {
    throw new Error(`the token service answered ${answer.status} ${await answer.text()}`);
  }
  return answer.json() as Promise<{ url: string; jwt: string }>;
}

function show(track: RemoteTrack): void {
  // biome-ignore lint/suspicious/noExplicitAny: an element of the page.
  const video = track.attach() as any;
  page.document.body.append(video);
  video.requestVideoFrameCallback(() => {
    firstPicture ||= performance.now() - began;
  });
}

async function stats(track: RemoteTrack): Promise<{ kind: string; frames: number; bytes: number; transport: string }> {
  // biome-ignore lint/suspicious/noExplicitAny: entries of a report of the browser.
  const report: Map<string, any> = (await track.getRTCStatsReport()) ?? new Map();
  const entries = [...report.values()];
  const inbound = entries.find((one) => one.type === 'inbound-rtp');
  const pair = report.get(entries.find((one) => one.type === 'transport')?.selectedCandidatePairId);
  return {
    kind: track.kind,
    frames: inbound?.framesDecoded ?? 0,
    bytes: inbound?.bytesReceived ?? 0,
    transport: report.get(pair?.localCandidateId)?.protocol ?? 'none',
  };
}
