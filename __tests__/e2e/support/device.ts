import type { Account, Matrix } from './matrix';

/** A user's device, and its keys for end-to-end encryption. */
export class Device {
  private count = 0;

  private constructor(
    private readonly matrix: Matrix,
    private readonly token: string,
    private readonly userId: string,
    private readonly deviceId: string,
  ) {}

  public static async of(matrix: Matrix, { userId, password }: Account): Promise<Device> {
    const token = await matrix.login(userId, password);
    const { device_id } = await matrix.ok('GET', '/_matrix/client/v3/account/whoami', undefined, token);
    return new Device(matrix, token, userId, device_id);
  }

  /** Uploads new one-time keys, and returns their names. */
  public async upload(count: number): Promise<string[]> {
    const names = Array.from({ length: count }, () => `signed_curve25519:${this.deviceId}${++this.count}`);
    const keys = Object.fromEntries(names.map((name) => [name, { key: name, signatures: {} }]));
    await this.matrix.ok('POST', '/_matrix/client/v3/keys/upload', { one_time_keys: keys }, this.token);
    return names;
  }

  /** Claims a one-time key, as a sender does. Returns its name, or undefined when none is left. */
  public async claim(): Promise<string | undefined> {
    const body = { one_time_keys: { [this.userId]: { [this.deviceId]: 'signed_curve25519' } } };
    const { one_time_keys } = await this.matrix.ok('POST', '/_matrix/client/v3/keys/claim', body, this.token);
    return Object.keys(one_time_keys[this.userId]?.[this.deviceId] ?? {})[0];
  }
}
