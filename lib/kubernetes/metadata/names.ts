/** The rule for Service names, the strictest of all: they begin with a letter. */
const DNS_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Kubernetes appends 11 characters to a CronJob's name for its Jobs. */
export const CRON_JOB_NAME_LENGTH = 52;

/**
 * Returns the full name of an object: the system's prefix, then the name.
 *
 * @param prefix prefix for a second system in one namespace; empty for the first.
 * @param maxLength 63 for most objects, {@link CRON_JOB_NAME_LENGTH} for CronJobs.
 * @throws when the result is not a valid DNS label or is too long.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
 */
export function objectName(prefix: string | undefined, name: string, maxLength = 63): string {
  const start = prefix ?? '';
  const full = `${start}${name}`;
  if (full.length > maxLength) {
    throw new Error(
      `namePrefix '${start}' makes '${full}' ${full.length} characters long, and Kubernetes allows ${maxLength}: ` +
        `use a prefix of at most ${maxLength - name.length} characters`,
    );
  }
  if (!DNS_LABEL.test(full)) {
    throw new Error(
      `'${full}' is not a valid Kubernetes name (namePrefix '${start}'): use lower-case letters, digits and '-', beginning with a letter`,
    );
  }
  return full;
}

/**
 * Checks the name of a namespace and returns it.
 *
 * @param what the prop or function, for the message.
 * @throws when the name is not valid.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function checkedNamespace(what: string, name: string): string {
  if (!/^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    throw new Error(
      `${what} '${name}' is not a valid namespace name: use 1 to 63 lower-case letters, digits and '-', such as caritas`,
    );
  }
  return name;
}
