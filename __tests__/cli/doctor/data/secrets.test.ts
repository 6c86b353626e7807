import { agesOf, judgeSecrets, neededBy } from '../../../../cli/doctor/data/secrets';

const DAY = 86_400;

it('reads ages from the table of kubectl', () => {
  const table = 'one   Opaque  1  3m44s\ntwo   kubernetes.io/tls   2   2y35d\n';
  expect(agesOf(table)).toEqual(
    new Map([
      ['one', 224],
      ['two', 765 * DAY],
    ]),
  );
  expect(agesOf('')).toEqual(new Map());
});

it('finds Secrets wherever a pod names them, unless they are optional', () => {
  const secretKeyRef = (name: string, optional?: boolean) => ({ valueFrom: { secretKeyRef: { name, optional } } });
  const container = { name: '', image: '', env: [secretKeyRef('a'), secretKeyRef('no', true), {}] };
  const spec = {
    initContainers: [container],
    containers: [{ name: '', image: '', envFrom: [{ secretRef: { name: 'b' } }] }],
    volumes: [
      { secret: { secretName: 'c' } },
      { secret: { secretName: 'no', optional: true } },
      { projected: { sources: [{ secret: { name: 'd' } }, {}] } },
    ],
  };
  expect(neededBy(spec).sort()).toEqual(['a', 'b', 'c', 'd']);
});

it.each([
  [
    [
      ['a', 300],
      ['key', 900],
    ],
    'ok',
    /2 Secrets exist; the oldest .* 300 days ago/,
  ],
  [
    [
      ['a', 400],
      ['key', 900],
    ],
    'warn',
    /^a: not rotated for more than a year/,
  ],
  [[['key', 1]], 'fail', /Secret a is missing/],
] as [[string, number][], string, RegExp][])('judges %j: %s', (ages, verdict, says) => {
  const seconds = new Map(ages.map(([name, days]) => [name, days * DAY]));
  const [found] = judgeSecrets(new Set(['a', 'key']), seconds, 'key');
  expect(found).toMatchObject({ verdict, says: expect.stringMatching(says) });
});
