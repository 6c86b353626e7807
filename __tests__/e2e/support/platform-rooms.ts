import { randomUUID } from 'node:crypto';
import type { Answer, Matrix } from './matrix';

export const CLIENT = '/_matrix/client/r0';

/** A path below a room. */
export const room = (id: string, path: string) => `${CLIENT}/rooms/${encodeURIComponent(id)}/${path}`;

/** UserService's calls for rooms, named as its methods. */
export class RoomClient {
  constructor(protected readonly matrix: Matrix) {}

  public async createRoom(name: string, alias: string, token: string): Promise<string> {
    const shape = { preset: 'private_chat', visibility: 'private', initial_state: [] };
    const body = { name, room_alias_name: alias, ...shape };
    return (await this.matrix.ok('POST', `${CLIENT}/createRoom`, body, token)).room_id;
  }

  public inviteUserToRoom(id: string, userId: string, token: string): Promise<Answer['body']> {
    return this.matrix.ok('POST', room(id, 'invite'), { user_id: userId }, token);
  }

  public joinRoom(id: string, token: string): Promise<Answer['body']> {
    return this.matrix.ok('POST', room(id, 'join'), {}, token);
  }

  /** Reads all power levels, and writes them back with one changed. */
  public async setUserPowerLevel(id: string, userId: string, level: number, token: string): Promise<void> {
    const path = room(id, 'state/m.room.power_levels');
    const levels = await this.matrix.ok('GET', path, undefined, token);
    await this.matrix.ok('PUT', path, { ...levels, users: { ...levels.users, [userId]: level } }, token);
  }

  /** Removes a user, or lets a user leave with the user's own token. */
  public removeUserFromRoom(id: string, userId: string, token: string): Promise<Answer['body']> {
    return this.matrix.ok('PUT', room(id, `state/m.room.member/${userId}`), { membership: 'leave' }, token);
  }

  public async sendMessage(id: string, body: string, token: string, txn: string = randomUUID()): Promise<string> {
    const content = { msgtype: 'm.text', body };
    return (await this.matrix.ok('PUT', room(id, `send/m.room.message/${txn}`), content, token)).event_id;
  }

  public async getRoomMessages(id: string, token: string): Promise<string[]> {
    const { chunk } = await this.matrix.ok('GET', room(id, 'messages?dir=b&limit=100'), undefined, token);
    return chunk
      .filter((event: { type: string }) => event.type === 'm.room.message')
      .map((event: Answer['body']) => event.content.body);
  }

  public async joinedRooms(token: string): Promise<string[]> {
    return (await this.matrix.ok('GET', `${CLIENT}/joined_rooms`, undefined, token)).joined_rooms;
  }
}
