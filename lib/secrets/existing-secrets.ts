import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import { aliasOf, type SecretRequest } from './secret-request';
import type { ISecretSource } from './secret-source';

/** Secrets that are created by other means. */
export class ExistingSecrets implements ISecretSource {
  private readonly asked = new Set<string>();
  private readonly missing = new Map<string, string | undefined>();

  constructor(private readonly references: { [alias: string]: ISecretKey }) {
    for (const [alias, reference] of Object.entries(references)) {
      if (reference !== undefined) {
        checkedSecretKey(reference, `'${alias}' of Secrets.existing`);
      }
    }
  }

  public secret(request: SecretRequest): ISecretKey {
    const found = this.optionalSecret(request);
    if (!found) {
      this.missing.set(aliasOf(request), request.options.avoidedBy);
    }
    // problems() reports all missing secrets at once.
    return found ?? { secretName: request.secretName, key: request.key };
  }

  public optionalSecret(request: SecretRequest): ISecretKey | undefined {
    const alias = aliasOf(request);
    this.asked.add(alias);
    return Object.hasOwn(this.references, alias) ? this.references[alias] : undefined;
  }

  public belongsTo(): void {
    // Nothing is generated.
  }

  public rotations(): string[] {
    return [];
  }

  public problems(): string[] {
    const [first, avoidedBy] = [[...this.missing.keys()][0], [...this.missing.values()].filter(Boolean)];
    const unused = Object.keys(this.references).filter((alias) => !this.asked.has(alias));
    return [
      ...(this.missing.size > 0
        ? [
            `Secrets.existing({...}) lacks ${[...this.missing.keys()].join(', ')}: add each of them, such as ${first}: ` +
              `SecretKey.fromSecretName('name-of-the-secret', 'key')${['', ...avoidedBy].join(', or use ')}`,
          ]
        : []),
      ...unused.map(
        (alias) =>
          `Secrets.existing({...}) has '${alias}', which no part requests: leave it out, or use one of ${[...this.asked].join(', ')}`,
      ),
    ];
  }
}
