import type { k8s } from '../../kubernetes/k8s';
import { SECRET_NAME } from '../../kubernetes/secret-key';

/** What issues a certificate in cert-manager. */
export enum IssuerKind {
  /** One for the whole cluster. */
  CLUSTER_ISSUER = 'cluster-issuer',
  /** One in the system's namespace. */
  ISSUER = 'issuer',
}

/** Where the certificate of the edge comes from. */
export class EdgeTls {
  /**
   * A Secret of type `kubernetes.io/tls` in the system's namespace, good for all its hosts.
   *
   * @throws when it is no name of a Secret.
   */
  public static secret(name: string): EdgeTls {
    if (!SECRET_NAME.test(name)) {
      throw new Error(
        `'${name}' is no name of a Secret: write lower-case letters, digits, '-' and '.', such as matrix-example-org-tls`,
      );
    }
    return new EdgeTls(name, {});
  }

  /**
   * cert-manager makes it, and renews it.
   *
   * @param issuer name of the issuer, such as `letsencrypt`.
   * @see https://cert-manager.io/docs/usage/ingress/
   */
  public static certManager(issuer: string, kind: IssuerKind = IssuerKind.CLUSTER_ISSUER): EdgeTls {
    if (!issuer) {
      throw new Error("EdgeTls.certManager('') names no issuer: write its name, such as letsencrypt");
    }
    return new EdgeTls(undefined, { [`cert-manager.io/${kind}`]: issuer });
  }

  /** The controller's own, such as a wildcard; of an Ingress alone. */
  public static ofController(): EdgeTls {
    return new EdgeTls(undefined, {});
  }

  private constructor(
    private readonly secret: string | undefined,
    /** For the Ingress or Gateway. */
    public readonly annotations: { [key: string]: string },
  ) {}

  /** The Secret with the certificate for a host; undefined when the controller has one of its own. */
  public secretName(host: string): string | undefined {
    const isMade = Object.keys(this.annotations).length > 0;
    return this.secret ?? (isMade ? `${host.replaceAll('.', '-')}-tls` : undefined);
  }

  /**
   * As an Ingress has it. Each host has a certificate of its own from cert-manager: one that cannot be proven leaves the others theirs.
   *
   * @internal
   */
  public _ofIngress(hosts: string[]): k8s.IngressTls[] {
    const bySecret = new Map<string | undefined, string[]>();
    for (const host of hosts) {
      const name = this.secretName(host);
      bySecret.set(name, [...(bySecret.get(name) ?? []), host]);
    }
    return [...bySecret].map(([secretName, some]) => ({ hosts: some, secretName }));
  }
}
