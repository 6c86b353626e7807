import type { Image } from '../../../lib/kubernetes/images/image';
import { ImageSource } from '../../../lib/kubernetes/images/image-source';

const RESTIC: Image = { name: 'restic', reference: 'docker.io/restic/restic:0.18.1', uid: 65534 };
const OWN = `example.org/own:1@sha256:${'a'.repeat(64)}`;

it('pulls an image from the registry that publishes it', () => {
  const source = ImageSource.upstream();
  expect([source._reference(RESTIC), source._pullSecrets]).toEqual([RESTIC.reference, []]);
});

it('pulls an image from a mirror under its full name', () => {
  expect(ImageSource.mirror('registry.example.org/mirror')._reference(RESTIC)).toBe(
    'registry.example.org/mirror/docker.io/restic/restic:0.18.1',
  );
});

it.each([
  ['upstream', ImageSource.upstream({ replacements: { restic: OWN } })],
  ['mirror', ImageSource.mirror('registry.example.org', { replacements: { restic: OWN } })],
])('%s: uses a replacement unchanged', (_, source) => {
  expect(source._reference(RESTIC)).toBe(OWN);
});

it('does not mistake inherited object properties for replacements', () => {
  const image = { ...RESTIC, name: 'constructor' };
  expect(ImageSource.upstream({ replacements: {} })._reference(image)).toBe(RESTIC.reference);
});

it.each([
  ['own', 'own:1.2.3'],
  ['example.org/own:latest', 'example.org/own:1.2.3'],
  ['', 'registry/repository:tag'],
])('refuses the replacement %j, even if no part runs it', (restic, remedy) => {
  const make = () => ImageSource.upstream({ replacements: { restic } });
  expect(make).toThrow(`image '${restic}'`);
  expect(make).toThrow(remedy);
});

it('refuses an image without a version, also from a mirror', () => {
  const image = { ...RESTIC, reference: 'docker.io/restic/restic' };
  expect(() => ImageSource.upstream()._reference(image)).toThrow('docker.io/restic/restic:1.2.3');
  expect(() => ImageSource.mirror('registry.example.org')._reference(image)).toThrow('docker.io/restic/restic:1.2.3');
});

it.each(['', 'mirror', 'https://registry.example.org'])('refuses the mirror %j', (registry) => {
  expect(() => ImageSource.mirror(registry)).toThrow(`registry '${registry}'`);
});

it('lists each pull secret once', () => {
  const pullSecrets = ['two', 'one', 'two'];
  expect(ImageSource.upstream({ pullSecrets })._pullSecrets).toEqual(['two', 'one']);
  expect(ImageSource.mirror('registry.example.org', { pullSecrets })._pullSecrets).toEqual(['two', 'one']);
});

it('refuses an invalid name of a pull secret', () => {
  expect(() => ImageSource.upstream({ pullSecrets: ['Hunter2'] })).toThrow('pullSecrets[0]');
});

it('reports each replacement that no part runs, with the images that parts run', () => {
  const source = ImageSource.upstream({ replacements: { restic: OWN, rstic: OWN, nginx: OWN } });
  const found = source._unused(['haproxy', 'restic']);
  expect(found).toEqual([expect.stringContaining("'rstic'"), expect.stringContaining("'nginx'")]);
  expect(found[0]).toContain('use one of haproxy, restic');
  expect(source._unused(['nginx', 'restic', 'rstic'])).toEqual([]);
});
