import { room } from '../support/platform-rooms';
import type { Agency } from './agency-service';
import type { Stage } from './stage';

/** Each enquiry logs its agency in: 30 at once took 13 s on two cores, and the services wait 10 s. */
const CLIENTS = 15;

/** Every call must get 200 before the services time out: one 429 or one late answer fails the test. */
export function bursts(stage: Stage): void {
  let agency: Agency;
  let clients: string[];
  let enquiries: string[] = [];
  beforeAll(async () => {
    agency = await stage.agencies.provision(stage.name('agency'));
    clients = await stage.crowd('client', CLIENTS);
  }, 120_000);

  it(`accepts ${CLIENTS} concurrent enquiries`, async () => {
    const began = Date.now();
    enquiries = await Promise.all(
      clients.map((client) => stage.agencies.enquiry(agency, client, stage.name('agency_hold_'))),
    );
    console.info(`${CLIENTS} enquiries: ${Date.now() - began} ms, slowest call ${stage.services.slowest()}`);
    expect(new Set(enquiries).size).toBe(CLIENTS);
    expect(await stage.users.joinedRooms(await stage.agencies.agencyToken(agency))).toHaveLength(CLIENTS);
  }, 120_000);

  it('lets a consultant take over 10 of them at once', async () => {
    const consultant = await stage.person('consultant');
    const token = await stage.agencies.agencyToken(agency);
    const taken = enquiries.slice(0, 10);
    expect(taken).toHaveLength(10);
    const began = Date.now();
    await Promise.all(taken.map((id) => stage.agencies.assign(id, agency, consultant.userId, token)));
    console.info(`10 assignments: ${Date.now() - began} ms, slowest call ${stage.services.slowest()}`);
    expect((await stage.users.joinedRooms(consultant.token)).sort()).toEqual([...taken].sort());
    expect(await stage.users.joinedRooms(token)).toHaveLength(CLIENTS - 10);
  }, 120_000);

  it(`creates a group chat of ${CLIENTS} members`, async () => {
    const owner = await stage.person('consultant');
    const began = Date.now();
    const id = await stage.agencies.groupChat(stage.name('group_chat_'), owner.userId, clients);
    console.info(`group chat of ${CLIENTS}: ${Date.now() - began} ms, slowest call ${stage.services.slowest()}`);
    const { joined } = await stage.matrix.ok('GET', room(id, 'joined_members'), undefined, owner.token);
    expect(Object.keys(joined)).toHaveLength(CLIENTS + 1);
  }, 120_000);
}
