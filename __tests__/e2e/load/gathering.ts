import type { Matrix } from '../support/matrix';

/** One who writes and waits. */
export interface Person {
  readonly user: string;
  readonly token: string;
  readonly rooms: string[];
  readonly password: string;
}

/** Registers people without rate limits. */
export async function register(matrix: Matrix, names: string[]): Promise<Person[]> {
  const admin = await matrix.register('admin', true);
  const people: Person[] = [];
  for (const name of names) {
    const { userId, token, password } = await matrix.register(name);
    await matrix.liftLimits(userId, admin);
    people.push({ user: userId, token, password, rooms: [] });
  }
  return people;
}

/** Makes a room of version 2, whose event IDs are made up: so are those of the database with history. */
export async function gather(matrix: Matrix, [owner, ...guests]: Person[]): Promise<void> {
  const create = { preset: 'private_chat', room_version: '2', invite: guests.map(({ user }) => user) };
  const { room_id } = await matrix.ok('POST', '/_matrix/client/v3/createRoom', create, owner.token);
  for (const { token } of guests) {
    await matrix.ok('POST', `/_matrix/client/v3/rooms/${room_id}/join`, {}, token);
  }
  owner.rooms.push(room_id);
}
