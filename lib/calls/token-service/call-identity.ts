/** How participants are named in the SFU for clients that ask at `/sfu/get`. Names for `/get_token` are always hashed. */
export enum CallIdentity {
  /** `@user:server:DEVICE`, as Element Call expects it. */
  USER_AND_DEVICE = 'user-and-device',
  /** `DEVICE`, as the platform's fork of Element Call expects it. A device ID is used by one user at a time in a call. */
  DEVICE = 'device',
}
