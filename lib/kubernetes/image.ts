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
    throw new Error(`image '${reference}' is no image reference: write it as registry/repository:tag`);
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

/** The images that the system runs by default, in one list. */
export const IMAGES = {
  postgres: 'docker.io/library/postgres:17.11-alpine',
  synapse: 'ghcr.io/element-hq/synapse:v1.163.2',
  restic: 'docker.io/restic/restic:0.19.1',
  nginx: 'docker.io/nginxinc/nginx-unprivileged:1.29-alpine',
} as const;

/** The users that own the files of those images. */
export const UIDS = { postgres: 70, synapse: 991, nginx: 101 } as const;
