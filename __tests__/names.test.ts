import { keyOf, type Manifest } from './support/manifests';
import { facesOf } from './support/names';
import { manifestsOf, SYSTEMS } from './support/systems';

// Running installations rely on these, so a change here is a migration for each of them.
it.each(Object.keys(SYSTEMS))('%s keeps its names, selectors, claims and ports', (system) => {
  expect(`\n${facesOf(manifestsOf(system)).join('\n')}\n`).toMatchSnapshot();
});

it('names every object', () => {
  const manifests = manifestsOf('everything');
  const faces = facesOf(manifests);
  expect(faces).toHaveLength(manifests.length);
  const unhashed = (manifest: Manifest) => keyOf(manifest).replace(/-[0-9a-f]{8}$/, '-#');
  expect(faces.map((face) => face.split(' | ')[0].split(' in ')[0])).toEqual(manifests.map(unhashed).sort());
});
