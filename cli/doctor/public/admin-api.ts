import type { PublicAnswer } from '../../outside';
import { type Check, type Finding, fail, ok } from '../check';
import { asJson } from '../facts/public-places';

/** Whether the admin API is closed to the public. */
export const adminApi: Check = {
  name: 'admin-api',
  fromOutside: true,
  look: async ({ homeserver, outside }) => {
    const { publicBaseUrl } = homeserver;
    const url = `${publicBaseUrl}/_synapse/admin/v1/server_version`;
    return publicBaseUrl ? judgeAdminApi(url, await outside.get(url)) : [];
  },
};

/** Synapse answers with its version, or asks for a token. Without an answer there is nothing to say. */
export function judgeAdminApi(url: string, { status, body }: PublicAnswer): Finding[] {
  const answer = (asJson(body) ?? {}) as { server_version?: unknown; errcode?: string };
  if (answer.server_version || /^M_(MISSING_TOKEN|FORBIDDEN|UNKNOWN_TOKEN)$/.test(answer.errcode ?? '')) {
    return [fail('the admin API is open to the public: passwords can be guessed there', `curl -sSi ${url}`)];
  }
  return status === 0 ? [] : [ok('the admin API is closed to the public')];
}
