import { randomBytes } from 'node:crypto';
import type { Account, Matrix } from '../matrix';
import { RoomClient, room } from '../platform-rooms';

const CLIENT = '/_matrix/client/v3';

/** How much a server is filled with. */
export interface Amounts {
  readonly users: number;
  readonly rooms: number;
  readonly messages: number;
  readonly files: number;
}

/** Enough for every shape of room. */
export const SMALL: Amounts = { users: 8, rooms: 12, messages: 120, files: 6 };

/** A person with a login, a device with keys, and a token that an administrator made. */
export interface Resident extends Account {
  readonly device: string;
  /** Of the kind that the platform's services use. */
  readonly loginAs: string;
}

/** What was put into a server. */
export interface Filling {
  readonly administrator: Account;
  readonly residents: Resident[];
  /** Rooms with one member who can read them. */
  readonly rooms: { readonly id: string; readonly reader: Resident; readonly members: Resident[] }[];
  /** `server/id` of each file. */
  readonly files: string[];
}

/** Fills a server through its API. */
export async function fill(matrix: Matrix, amounts: Amounts): Promise<Filling> {
  const administrator = await matrix.register('administrator', true);
  const residents = await inTurns(amounts.users, (index) => resident(matrix, administrator, index));
  const rooms = await inTurns(amounts.rooms, (index) => makeRoom(matrix, residents, index));
  await inTurns(amounts.messages, async (index) => {
    const { id, members } = rooms[index % rooms.length];
    await new RoomClient(matrix).sendMessage(id, `message ${index} äöü 🙂`, members[index % members.length].token);
  });
  for (const { id, reader } of rooms) {
    await read(matrix, id, reader);
  }
  const files = await inTurns(amounts.files, (index) => upload(matrix, residents[index % residents.length], index));
  return { administrator, residents, rooms, files };
}

/** Four at a time: SQLite has one writer. */
async function inTurns<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let start = 0; start < count; start += 4) {
    const indices = Array.from({ length: Math.min(4, count - start) }, (_, offset) => start + offset);
    made.push(...(await Promise.all(indices.map(make))));
  }
  return made;
}

async function resident(matrix: Matrix, administrator: Account, index: number): Promise<Resident> {
  const account = await matrix.register(`person-${index}`);
  const { device_id: device } = await matrix.ok('GET', `${CLIENT}/account/whoami`, undefined, account.token);
  const { userId: user_id, token } = account;
  const keys = { [`ed25519:${device}`]: `ed-${index}`, [`curve25519:${device}`]: `curve-${index}` };
  const device_keys = {
    user_id,
    device_id: device,
    algorithms: ['m.olm.v1.curve25519-aes-sha2'],
    keys,
    signatures: {},
  };
  const one_time_keys = { [`signed_curve25519:AAAA${index}`]: { key: `one-time-${index}`, signatures: {} } };
  await matrix.ok('POST', `${CLIENT}/keys/upload`, { device_keys, one_time_keys }, token);
  await matrix.ok('PUT', `${CLIENT}/user/${user_id}/account_data/org.oriso.note`, { note: `note ${index}` }, token);
  const path = `/_synapse/admin/v1/users/${user_id}/login`;
  const valid_until_ms = Date.now() + 86_400_000;
  const { access_token: loginAs } = await matrix.ok('POST', path, { valid_until_ms }, administrator.token);
  return { ...account, device, loginAs };
}

/** The platform's shapes in turn: a conversation of two, one with a supervisor who left, a group, a room of a call. */
async function makeRoom(matrix: Matrix, residents: Resident[], index: number): Promise<Filling['rooms'][number]> {
  const client = new RoomClient(matrix);
  const person = (offset: number) => residents[(index + offset) % residents.length];
  const [owner, guest, third] = [person(0), person(1), person(2)];
  const shape = index % 4;
  const alias = `${shape === 2 ? 'group_chat' : 'agency_hold'}_${index}`;
  const id = shape === 3 ? await callRoom(matrix, owner) : await client.createRoom(`room ${index}`, alias, owner.token);
  const members = [owner, guest, ...(shape === 2 ? [third, person(3)] : [])];
  for (const member of members.slice(1)) {
    await client.inviteUserToRoom(id, member.userId, owner.token);
    await client.joinRoom(id, member.token);
  }
  if (shape === 1) {
    await client.inviteUserToRoom(id, third.userId, owner.token);
    await client.joinRoom(id, third.token);
    await client.setUserPowerLevel(id, third.userId, 10, owner.token);
    await client.removeUserFromRoom(id, third.userId, third.token);
  }
  return { id, reader: owner, members };
}

async function callRoom(matrix: Matrix, { token }: Resident): Promise<string> {
  const power_level_content_override = { events: { 'org.matrix.msc3401.call.member': 0 } };
  const body = { preset: 'public_chat', name: 'call', power_level_content_override };
  return (await matrix.ok('POST', `${CLIENT}/createRoom`, body, token)).room_id;
}

/** Reads a room up to its last event, and leaves a note of its own on it. */
async function read(matrix: Matrix, id: string, { token, userId }: Resident): Promise<void> {
  const { chunk } = await matrix.ok('GET', room(id, 'messages?dir=b&limit=1'), undefined, token);
  const last = chunk[0].event_id;
  await matrix.ok('POST', room(id, 'read_markers'), { 'm.fully_read': last, 'm.read': last }, token);
  const path = `${CLIENT}/user/${userId}/rooms/${encodeURIComponent(id)}/account_data/org.oriso.note`;
  await matrix.ok('PUT', path, { room: id }, token);
}

async function upload(matrix: Matrix, { token }: Resident, index: number): Promise<string> {
  const { content_uri } = await matrix.ok('POST', '/_matrix/media/r0/upload', randomBytes(1000 + index * 997), token);
  return content_uri.replace('mxc://', '');
}
