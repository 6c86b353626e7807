import { judgeDrift, judgeExtra } from '../../../../cli/doctor/data/drift';

const LABELS = { 'app.kubernetes.io/part-of': 'matrix' };
const object = (kind: string, name: string, data: object = {}) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, creationTimestamp: '', labels: LABELS },
  data,
});
const said = (findings: { verdict: string; says: string }[]) =>
  findings.map(({ verdict, says }) => `${verdict} ${says}`);

it('names what is missing or changed', () => {
  const declared = [object('ConfigMap', 'a', { x: '1' }), object('ConfigMap', 'b'), object('Job', 'made-accounts')];
  expect(said(judgeDrift(declared, [object('ConfigMap', 'a', { x: '2' })], 'dist'))).toEqual([
    'warn ConfigMap a is changed: data.x',
    'fail ConfigMap b is missing',
  ]);
});

it('names objects of the system that were not rendered', () => {
  const owned = object('ConfigMap', 'owned');
  const found = [
    object('ConfigMap', 'a'),
    object('ConfigMap', 'old'),
    { ...owned, metadata: { ...owned.metadata, ownerReferences: [{ kind: 'Job', name: 'x' }] } },
    { ...owned, metadata: { name: 'foreign', creationTimestamp: '' } },
  ];
  expect(said(judgeExtra([object('ConfigMap', 'a')], found, 'dist'))).toEqual(['warn ConfigMap old is not in dist']);
});
