/**
 * Checks the reference of a container image and returns it.
 *
 * @param reference registry, repository and a tag or digest: `docker.io/library/postgres:17.11-alpine`.
 * @throws without a tag or digest, with the tag `latest`, or when it is no image reference.
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-names
 */
export function checkedImage(reference: string): string {
  const match =
    /^(?<name>[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+|[a-z0-9._-]+)(:(?<tag>[\w][\w.-]{0,127}))?(?<digest>@sha256:[a-f0-9]{64})?$/.exec(
      reference,
    );
  if (!match?.groups) {
    throw new Error(`image '${reference}' is not a valid image reference: write it as registry/repository:tag`);
  }
  const { name, tag, digest } = match.groups;
  if (!digest && (!tag || tag === 'latest')) {
    throw new Error(
      `image '${reference}' ${tag ? 'has the tag latest' : 'has no tag'}, so what runs can change by itself: ` +
        `name a version, such as ${name}:1.2.3, or a digest`,
    );
  }
  return reference;
}

/** What has neither a dot nor a port is a folder of Docker Hub to a container runtime. */
const REGISTRY = /^(?=localhost\b|[^/]*[.:])[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

/**
 * Checks a registry, or a path in one, and returns it.
 *
 * @param registry host, port where there is one, and path: `registry.example.org/mirror`.
 * @throws with a scheme, a slash at the end, or without a host.
 */
export function checkedRegistry(registry: string): string {
  const bare = registry.replace(/^[a-z]*:\/\/|\/+$/g, '');
  if (bare !== registry && REGISTRY.test(bare)) {
    throw new Error(`registry '${registry}' has a scheme or ends with a slash: write '${bare}'`);
  }
  if (!REGISTRY.test(registry)) {
    throw new Error(
      `registry '${registry}' is not a valid registry: write its host, with a dot or a port, and a path in lower case, ` +
        `such as 'registry.example.org/mirror'`,
    );
  }
  return registry;
}
