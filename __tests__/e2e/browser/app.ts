import { AutoDiscovery, ClientEvent, createClient, type MatrixClient, MsgType, Preset, SyncState } from 'matrix-js-sdk';

import { calls } from './calls';
import { groupCalls } from './group-calls';

let client: MatrixClient;

/** A chat client without a face, on matrix-js-sdk: the page in the browser. What goes in and comes out is JSON. */
export const app = {
  /** Address of the homeserver, as its server name says. */
  async discover(serverName: string): Promise<string> {
    const { 'm.homeserver': homeserver } = await AutoDiscovery.findClientConfig(serverName);
    if (!homeserver.base_url) {
      throw new Error(`${serverName} names no homeserver: ${JSON.stringify(homeserver)}`);
    }
    return homeserver.base_url;
  },

  async login(baseUrl: string, user: string, password: string): Promise<string> {
    return begin(baseUrl, { type: 'm.login.password', identifier: { type: 'm.id.user', user }, password });
  },

  /** Where to send the person who logs in by a provider, or by the one of her choice. */
  loginAddress(baseUrl: string, returnTo: string, provider?: string): string {
    return createClient({ baseUrl }).getSsoLoginUrl(returnTo, 'sso', provider);
  },

  async loginByToken(baseUrl: string, token: string): Promise<string> {
    return begin(baseUrl, { type: 'm.login.token', token });
  },

  async whoami(): Promise<string> {
    return (await client.whoami()).user_id;
  },

  async profile(): Promise<{ displayName?: string; addresses: string[] }> {
    const { displayname } = await client.getProfileInfo(client.getSafeUserId());
    const { threepids } = await client.getThreePids();
    return { displayName: displayname, addresses: threepids.map(({ address }) => address) };
  },

  /** The first sync; more follow by themselves. */
  async sync(): Promise<void> {
    const prepared = new Promise<void>((done) => {
      client.on(ClientEvent.Sync, (state) => state === SyncState.Prepared && done());
    });
    await client.startClient();
    await prepared;
  },

  async createRoom(invited: string): Promise<string> {
    return (await client.createRoom({ preset: Preset.PrivateChat, invite: [invited] })).room_id;
  },

  /** Takes the invitation as soon as a sync has brought it. */
  async join(room: string): Promise<void> {
    await seen(() => client.getRoom(room)?.getMyMembership() === 'invite');
    await client.joinRoom(room);
  },

  async send(room: string, body: string): Promise<void> {
    await client.sendMessage(room, { msgtype: MsgType.Text, body });
  },

  /** Who said it, as soon as a sync has brought it. */
  async received(room: string, body: string): Promise<string | undefined> {
    return seen(() => {
      const events = client.getRoom(room)?.getLiveTimeline().getEvents() ?? [];
      return events.find((event) => event.getContent().body === body)?.getSender();
    });
  },

  /** Uploads so many bytes of no meaning; their address and digest. */
  async upload(size: number): Promise<{ uri: string; digest: string }> {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65536) {
      crypto.getRandomValues(bytes.subarray(at, at + 65536));
    }
    const { content_uri: uri } = await client.uploadContent(new Blob([bytes]), { type: 'image/png', name: 'scan.png' });
    return { uri, digest: await digestOf(bytes) };
  },

  /** Digest of what is there. */
  async download(uri: string): Promise<string> {
    const url = client.mxcUrlToHttp(uri, undefined, undefined, undefined, false, true, true) ?? '';
    const answer = await fetch(url, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
    if (!answer.ok) {
      throw new Error(`${url}: ${answer.status}`);
    }
    return digestOf(await answer.arrayBuffer());
  },

  async logout(): Promise<void> {
    await client.logout(true);
  },

  ...calls(() => client, seen),
  ...groupCalls(() => client, seen),
};

Object.assign(globalThis, { app });

async function begin(baseUrl: string, request: Parameters<MatrixClient['loginRequest']>[0]): Promise<string> {
  const { access_token, user_id, device_id } = await createClient({ baseUrl }).loginRequest(request);
  client = createClient({ baseUrl, accessToken: access_token, userId: user_id, deviceId: device_id });
  return user_id;
}

async function digestOf(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].join(' ');
}

async function seen<T>(look: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = look();
    if (found) {
      return found;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}
