import { checked } from '../../kubernetes/checks/checked';
import type { k8s } from '../../kubernetes/k8s';
import { SECRET_NAME } from '../../kubernetes/secret-key';

/** Kind of the cert-manager issuer. */
export enum IssuerKind {
  /** A ClusterIssuer, which serves the whole cluster. */
  CLUSTER_ISSUER = 'cluster-issuer',
  /** An Issuer in the system's namespace. */
  ISSUER = 'issuer',
}

/** The source of the edge's certificate. */
@checked
export class EdgeTls {
  /**
   * A Secret of type `kubernetes.io/tls` in the system's namespace, with a certificate for all hosts.
   *
   * @throws when the name is not a valid Secret name.
   */
  public static secret(name: string): EdgeTls {
    if (!SECRET_NAME.test(name)) {
      throw new Error(
        `EdgeTls.secret: '${name}' is not a valid Secret name: ` +
          "use lower-case letters, digits, '-' and '.', such as matrix-example-org-tls",
      );
    }
    return new EdgeTls(name, {});
  }

  /**
   * A certificate that cert-manager issues and renews for each host.
   *
   * @param issuer name of the issuer, such as `letsencrypt`.
   * @throws when the name is empty.
   * @see https://cert-manager.io/docs/usage/ingress/
   */
  public static certManager(issuer: string, kind: IssuerKind = IssuerKind.CLUSTER_ISSUER): EdgeTls {
    if (!issuer) {
      throw new Error("EdgeTls.certManager('') has an empty issuer name: use the issuer's name, such as letsencrypt");
    }
    return new EdgeTls(undefined, { [`cert-manager.io/${kind}`]: issuer });
  }

  /** The controller's own certificate, such as a wildcard; only for an Ingress. */
  public static ofController(): EdgeTls {
    return new EdgeTls(undefined, {});
  }

  private constructor(
    private readonly secret: string | undefined,
    /** Annotations of the Ingress or Gateway, from which cert-manager learns the issuer. */
    public readonly annotations: { [key: string]: string },
  ) {}

  /** Name of the Secret with the certificate for a host; undefined for the controller's own certificate. */
  public secretName(host: string): string | undefined {
    const isMade = Object.keys(this.annotations).length > 0;
    return this.secret ?? (isMade ? `${host.replaceAll('.', '-')}-tls` : undefined);
  }

  /**
   * The `tls` section of an Ingress. cert-manager issues a certificate for each host, so that a host that cannot be
   * validated does not hold up the others.
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
