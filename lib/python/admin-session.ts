import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import { SECRETS_FOLDER } from './python-pod';

/** Where the admin API is: an edge. */
export interface AdminApi {
  readonly adminHost: string;
  readonly adminPort: number;
}

/** Who acts there. */
export interface AdminLogin {
  readonly username: string;
  readonly password: ISecretKey;
}

/** What a program needs for a session of the administrator; see synapse_admin.py. */
export interface AdminSession {
  /** A part of its settings. */
  readonly settings: { [name: string]: string | number };
  /** A part of its secrets, by file name. */
  readonly secrets: { [file: string]: ISecretKey };
}

/**
 * Returns what a program needs to act as the administrator at the admin API.
 *
 * @param patience seconds to wait for Synapse, and for the administrator.
 */
export function adminSession(api: AdminApi, administrator: AdminLogin, patience: number): AdminSession {
  return {
    settings: {
      homeserver: `http://${api.adminHost}:${api.adminPort}`,
      administrator: administrator.username,
      secretsFolder: SECRETS_FOLDER,
      patience,
    },
    secrets: { admin_password: checkedSecretKey(administrator.password, 'password of the administrator') },
  };
}
