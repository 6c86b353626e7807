import type { StoreUser } from './off-site-store';

/** Credentials of a store, for the Secrets `store`, `store-prune` and `store-ca`. */
export interface StoreAccess {
  readonly writer: StoreUser;
  readonly pruner: StoreUser;
  readonly caCertificate?: string;
}

/** The Secrets, to be applied before the system. */
export function storeSecrets(namespace: string, { writer, pruner, caCertificate }: StoreAccess): string {
  const secret = (name: string, stringData: object) =>
    `${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData })}\n---\n`;
  const user = ({ name: id, password: key }: StoreUser) => ({ id, key });
  return [
    secret('store', user(writer)),
    secret('store-prune', user(pruner)),
    ...(caCertificate ? [secret('store-ca', { 'ca.crt': caCertificate })] : []),
  ].join('');
}
