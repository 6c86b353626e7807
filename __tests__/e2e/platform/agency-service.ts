import { randomBytes } from 'node:crypto';
import { must, UserService } from '../support/platform';

/** An agency's own account: it logs in with a password that the platform keeps. */
export interface Agency {
  readonly userId: string;
  readonly username: string;
  readonly password: string;
}

/** AgencyService's calls, and the flows between an agency, consultants and clients. */
export class AgencyService extends UserService {
  /** Registers the agency, or sets a new password when it exists. */
  public async provision(username: string, displayname = username): Promise<Agency> {
    const password = randomBytes(12).toString('hex');
    const registered = await this.register({ username, password, displayname, admin: false });
    if (registered.body.errcode !== 'M_USER_IN_USE') {
      return { userId: must(registered, `register ${username}`).user_id, username, password };
    }
    const userId = `@${username}:caritas.local`;
    const body = { new_password: password, logout_devices: false };
    await this.matrix.ok('POST', `/_synapse/admin/v1/reset_password/${userId}`, body, this.adminToken);
    return { userId, username, password };
  }

  public async agencyToken({ username, password }: Agency): Promise<string> {
    return must(await this.login(username, password), `login ${username}`).access_token;
  }

  /** Invites a user and joins the room as that user. */
  public async bring(userId: string, id: string, inviter: string): Promise<string> {
    await this.inviteUserToRoom(id, userId, inviter);
    const token = await this.loginAs(userId);
    await this.joinRoom(id, token);
    return token;
  }

  /** Flow 3: the agency holds the room until a consultant takes it. */
  public async enquiry(agency: Agency, client: string, alias: string): Promise<string> {
    const token = await this.agencyToken(agency);
    const id = await this.createRoom(`Enquiry of ${client}`, alias, token);
    await this.bring(client, id, token);
    return id;
  }

  /** Flow 4: the consultant takes over the room, and the agency leaves. */
  public async assign(id: string, agency: Agency, consultant: string, token: string): Promise<void> {
    await this.inviteUserToRoom(id, consultant, token);
    await this.setUserPowerLevel(id, consultant, 100, token);
    await this.joinRoom(id, await this.loginAs(consultant));
    await this.removeUserFromRoom(id, agency.userId, token);
  }

  /** Flow 4, direct: without an agency. */
  public async direct(consultant: string, client: string, alias: string): Promise<string> {
    const token = await this.loginAs(consultant);
    const id = await this.createRoom(`Session of ${client}`, alias, token);
    await this.bring(client, id, token);
    return id;
  }

  /** Flow 5: a supervisor reads and writes, but cannot change the room. */
  public async supervise(id: string, supervisor: string, consultantToken: string): Promise<string> {
    await this.inviteUserToRoom(id, supervisor, consultantToken);
    await this.setUserPowerLevel(id, supervisor, 10, consultantToken);
    const token = await this.loginAs(supervisor);
    await this.joinRoom(id, token);
    return token;
  }

  /** Flow 5, group chat: all members are invited and join concurrently. */
  public async groupChat(alias: string, owner: string, members: string[]): Promise<string> {
    const token = await this.loginAs(owner);
    const id = await this.createRoom('Group', alias, token);
    await Promise.all(members.map((member) => this.bring(member, id, token)));
    return id;
  }
}
