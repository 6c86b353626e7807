import { ClientWidgetApi, type IRoomEvent, OpenIDRequestState, type SimpleObservable, Widget } from 'matrix-widget-api';
import { type IOpenIDUpdate, type IRtcTransportsResult, WidgetDriver } from 'matrix-widget-api/lib/driver/WidgetDriver';

/** What the page is given in `setup`. */
export interface WidgetSetup {
  readonly homeserver: string;
  readonly token: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly room: string;
  /** URL of Element Call. */
  readonly elementCall: string;
}

type Json = { [key: string]: unknown };

// biome-ignore lint/suspicious/noExplicitAny: the tests are compiled without the types of a browser.
const page: any = globalThis;
const { homeserver, token, userId, deviceId, room, elementCall }: WidgetSetup = page.setup;
const quoted = encodeURIComponent;
const inRoom = `v3/rooms/${quoted(room)}`;

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${homeserver}/_matrix/client/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const said = (await answer.json()) as T;
  if (!answer.ok) {
    throw Object.assign(new Error(`${method} ${path}: ${answer.status}`), { status: answer.status, said });
  }
  return said;
}

/** What Element Call may do, on behalf of its user. */
class Driver extends WidgetDriver {
  public override async validateCapabilities<T>(all: T): Promise<T> {
    return all;
  }

  public override async sendEvent(type: string, content: unknown, key: string | null = null) {
    const { event_id } = await ask<{ event_id: string }>('PUT', eventPath(type, key), content);
    return { roomId: room, eventId: event_id };
  }

  public override async sendDelayedEvent(delay: number, type: string, content: unknown, key: string | null = null) {
    const path = `${eventPath(type, key)}?org.matrix.msc4140.delay=${delay}`;
    return { roomId: room, delayId: (await ask<{ delay_id: string }>('PUT', path, content)).delay_id };
  }

  public override cancelScheduledDelayedEvent = (id: string) => delayed(id, 'cancel');
  public override restartScheduledDelayedEvent = (id: string) => delayed(id, 'restart');
  public override sendScheduledDelayedEvent = (id: string) => delayed(id, 'send');

  public override async sendToDevice(type: string, _: boolean, messages: object): Promise<void> {
    await ask('PUT', `v3/sendToDevice/${quoted(type)}/${Math.random()}`, { messages });
  }

  public override async readRoomState(_: string, type: string, key?: string): Promise<IRoomEvent[]> {
    const state = await ask<IRoomEvent[]>('GET', `${inRoom}/state`);
    return state.filter((event) => event.type === type && (key === undefined || event.state_key === key)).map(placed);
  }

  public override readRoomTimeline = async () => [];
  public override readStickyEvents = async () => [];
  public override getRtcTransports = () =>
    ask<IRtcTransportsResult>('GET', 'unstable/org.matrix.msc4143/rtc/transports');
  public override getMediaConfig = async () => ({});
  public override getKnownRooms = () => [room];

  public override askOpenID(observer: SimpleObservable<IOpenIDUpdate>): void {
    ask<Json>('POST', `v3/user/${quoted(userId)}/openid/request_token`, {}).then((credentials) =>
      observer.update({ state: OpenIDRequestState.Allowed, token: credentials as never }),
    );
  }

  public override processError(problem: unknown) {
    const { status, said } = problem as { status?: number; said?: Json };
    if (!status) return undefined;
    return { matrix_api_error: { http_status: status, http_headers: {}, url: '', response: said as never } };
  }
}

function eventPath(type: string, key: string | null): string {
  return key === null
    ? `${inRoom}/send/${quoted(type)}/${Math.random()}`
    : `${inRoom}/state/${quoted(type)}/${quoted(key)}`;
}

async function delayed(id: string, action: string): Promise<void> {
  await ask('POST', `unstable/org.matrix.msc4140/delayed_events/${quoted(id)}/${action}`, {});
}

const placed = (event: IRoomEvent): IRoomEvent => ({ ...event, room_id: room });

/** Shows Element Call, as the platform and Element do in a room. */
function show(): ClientWidgetApi {
  const settings = { intent: 'join_existing', skipLobby: 'true', perParticipantE2EE: 'false', confineToRoom: 'true' };
  const hash = new URLSearchParams({
    roomId: room,
    userId,
    deviceId,
    baseUrl: homeserver,
    ...settings,
    header: 'none',
  });
  const parent = quoted(`${page.location.origin}/`);
  const url = `${elementCall}/index.html?widgetId=call&parentUrl=${parent}#?${hash}`;
  const widget = new Widget({ id: 'call', creatorUserId: userId, type: 'm.custom', url, waitForIframeLoad: false });
  const frame = page.document.querySelector('iframe');
  const api = new ClientWidgetApi(widget, frame, new Driver());
  api.setViewedRoomId(room);
  for (const action of ['io.element.join', 'im.vector.hangup', 'io.element.close', 'io.element.device_mute']) {
    answer(api, action, {});
  }
  answer(api, 'set_always_on_screen', { success: true });
  frame.src = url;
  return api;
}

function answer(api: ClientWidgetApi, action: string, said: Json): void {
  // biome-ignore lint/suspicious/noExplicitAny: an event of the page.
  api.on(`action:${action}`, (event: any) => {
    event.preventDefault();
    api.transport.reply(event.detail, said as never);
  });
}

/** Tells it what happens in the room. */
async function sync(api: ClientWidgetApi): Promise<never> {
  let since = '';
  for (;;) {
    const path = `v3/sync?timeout=20000&org.matrix.msc4222.use_state_after=true${since && `&since=${quoted(since)}`}`;
    // biome-ignore lint/suspicious/noExplicitAny: an answer of the homeserver.
    const { next_batch, rooms } = await ask<any>('GET', path);
    const here = since ? rooms?.join?.[room] : undefined;
    for (const event of here?.['org.matrix.msc4222.state_after']?.events ?? []) {
      await api.feedStateUpdate(placed(event) as never);
    }
    for (const event of here?.timeline?.events ?? []) {
      await api.feedEvent(placed(event));
    }
    since = next_batch;
  }
}

sync(show());
