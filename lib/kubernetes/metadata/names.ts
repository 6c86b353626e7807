/** A Service's name is the strictest: it begins with a letter. */
const DNS_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Kubernetes appends 11 characters to a CronJob's name for its Jobs. */
export const CRON_JOB_NAME_LENGTH = 52;

/**
 * The name of an object: the contract's name, after the system's prefix.
 *
 * @param prefix starts every name of a second system in one namespace; empty for the first.
 * @param maxLength 63 for most objects, {@link CRON_JOB_NAME_LENGTH} for CronJobs.
 * @throws when the result is no DNS label or too long.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
 */
export function objectName(prefix: string | undefined, name: string, maxLength = 63): string {
  const start = prefix ?? '';
  const full = `${start}${name}`;
  if (full.length > maxLength) {
    throw new Error(
      `namePrefix '${start}' makes the name '${full}', ${full.length} characters long; Kubernetes allows ${maxLength}: ` +
        `use a prefix of at most ${maxLength - name.length} characters`,
    );
  }
  if (!DNS_LABEL.test(full)) {
    throw new Error(
      `'${full}' is no Kubernetes name (namePrefix '${start}'): use lower-case letters, digits and '-', beginning with a letter`,
    );
  }
  return full;
}

/**
 * Checks the name of a namespace and returns it.
 *
 * @param what for the message: the prop, or who wants it.
 * @throws when no namespace can have it.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function checkedNamespace(what: string, name: string): string {
  // A pattern would take what is undefined for that word.
  if (typeof name !== 'string' || !/^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    throw new Error(
      `${what} is '${name}', which no namespace can be called: write 1 to 63 lower-case letters, digits and '-', such as caritas`,
    );
  }
  return name;
}
