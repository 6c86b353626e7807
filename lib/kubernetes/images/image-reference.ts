/**
 * Checks the reference of a container image and returns it.
 *
 * @param reference registry, repository and tag or digest, such as `docker.io/library/postgres:17.11-alpine`.
 * @param what its place, for the message.
 * @throws when the reference is not valid, has neither tag nor digest, or has the tag `latest`.
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-names
 */
export function checkedImage(reference: string, what = 'image'): string {
  const match =
    /^(?<name>[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+|[a-z0-9._-]+)(:(?<tag>[\w][\w.-]{0,127}))?(?<digest>@sha256:[a-f0-9]{64})?$/.exec(
      reference,
    );
  if (!match?.groups) {
    throw new Error(`${what} '${reference}' is not a valid image reference: use the form registry/repository:tag`);
  }
  const { name, tag, digest } = match.groups;
  if (!digest && (!tag || tag === 'latest')) {
    throw new Error(
      `${what} '${reference}' ${tag ? 'has the tag latest' : 'has no tag'}, so the image can change without notice: ` +
        `use a version, such as ${name}:1.2.3, or a digest`,
    );
  }
  return reference;
}

/** A host without a dot or a port is refused: container runtimes read it as a Docker Hub namespace. */
const REGISTRY = /^(?=localhost\b|[^/]*[.:])[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

/**
 * Checks a registry, or a path in one, and returns it.
 *
 * @param registry host with optional port and path, such as `registry.example.org/mirror`.
 * @throws when it has a scheme, a trailing slash or no host.
 */
export function checkedRegistry(registry: string): string {
  const bare = registry.replace(/^[a-z]*:\/\/|\/+$/g, '');
  if (bare !== registry && REGISTRY.test(bare)) {
    throw new Error(`registry '${registry}' has a scheme or a trailing slash: use '${bare}'`);
  }
  if (!REGISTRY.test(registry)) {
    throw new Error(
      `registry '${registry}' is not a valid registry: use a host with a dot or a port, and a lower-case path, ` +
        `such as 'registry.example.org/mirror'`,
    );
  }
  return registry;
}
