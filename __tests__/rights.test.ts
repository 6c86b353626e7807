import { type Right, rightsOf } from '../tools/reference/rights';
import { containersOf, type Manifest, workloadsOf } from './support/manifests';
import { manifestsOf, SYSTEMS } from './support/systems';

/** What containers may do by the API, and no more. `get` of a Secret by name shows what the same container replaces. */
const API = [
  'patch `cronjobs/status`',
  'get, patch `secrets`',
  'get, patch `persistentvolumeclaims`',
  'create `secrets`',
  'get `deployments`',
  'get `statefulsets`',
  'list `pods`',
  'delete `configmaps`',
];
/** Kubernetes cannot limit these to names. */
const OF_ANY_NAME = ['create `secrets`', 'list `pods`'];

describe.each(Object.keys(SYSTEMS))('%s', (system) => {
  const manifests = manifestsOf(system);
  const rights = rightsOf(manifests);
  const isApi = ({ what }: Right) => what.startsWith('`');
  const asked = rights.filter(isApi).map((one) => ({ ...one, key: `${one.access} ${one.what}` }));
  // Its first step only makes the folders that the others mount.
  const runsPostgres = new Set(
    workloadsOf(manifests).flatMap(({ manifest, template }) =>
      containersOf(template)
        .filter(({ image, name }) => /\bpostgres:/.test(image) && name !== 'folders')
        .map(({ name }) => `${manifest.metadata.name} ${name}`),
    ),
  );
  const ofPostgres = rights.filter(({ workload, container }) => runsPostgres.has(`${workload} ${container}`));

  it('no account can start a pod, change what one runs, or read what its container does not replace', () => {
    expect(asked.filter(({ key }) => !API.includes(key))).toEqual([]);
  });

  it('every right in the API is for named objects, where Kubernetes can limit it', () => {
    expect(asked.filter(({ key, parts }) => parts.length === 0 && !OF_ANY_NAME.includes(key))).toEqual([]);
  });

  it('a container that runs PostgreSQL or reads what it says has no Secrets but passwords of its roles', () => {
    const secrets = ofPostgres.filter(({ what }) => what.startsWith('Secret'));
    const allowed = /(^|-)(roles|copy|dump|receiver)$/;
    expect(secrets.filter(({ container }) => !allowed.test(container))).toEqual([]);
    for (const { parts } of secrets) {
      expect(parts.every((key) => /password|backup/i.test(key))).toBe(true);
    }
  });

  it('a container that runs PostgreSQL or reads what it says cannot write to the backups beside its own folders', () => {
    const backups = ofPostgres.filter(({ what, access }) => what.includes('backup') && access === 'writes');
    const folders = backups.flatMap(({ parts }) => (parts.length > 0 ? parts : ['everything']));
    const own = ['wal', 'room', 'work', 'work.notes', 'dump', 'dump.notes', 'staging.lock'];
    expect(folders.filter((folder) => !own.includes(folder))).toEqual([]);
  });

  it('a container that has no token has no rights in the API', () => {
    const using = new Set(asked.map(({ workload }) => workload));
    const accounts = workloadsOf(manifests).flatMap(({ manifest, template }) =>
      template.spec.serviceAccountName ? [manifest.metadata.name.replace(/-[0-9a-f]{8}$/, '')] : [],
    );
    expect([...using].sort()).toEqual([...new Set<Manifest>(accounts)].sort());
  });
});

it('reads what is mounted, not what the pod has', () => {
  const volumes = [
    {
      name: 'secrets',
      projected: { sources: [{ secret: { name: 's', items: ['a', 'b'].map((key) => ({ key, path: key })) } }] },
    },
    { name: 'claim', persistentVolumeClaim: { claimName: 'c' } },
  ];
  const containers = [
    { name: 'all', volumeMounts: [{ name: 'secrets' }, { name: 'claim', readOnly: true }] },
    {
      name: 'part',
      volumeMounts: [
        { name: 'secrets', subPath: 'b' },
        { name: 'claim', subPath: 'wal' },
      ],
    },
    { name: 'none', env: [{ name: 'X', value: 'y' }] },
  ];
  const metadata = { name: 'job-0123abcd' };
  const found = rightsOf([{ kind: 'Job', metadata, spec: { template: { spec: { containers, volumes } } } }]);
  expect(found.map((one) => [one.workload, one.container, one.what, one.parts, one.access])).toEqual([
    ['job', 'all', 'Secret `s`', ['a', 'b'], 'reads'],
    ['job', 'all', 'claim `c`', [], 'reads'],
    ['job', 'part', 'Secret `s`', ['b'], 'reads'],
    ['job', 'part', 'claim `c`', ['wal'], 'writes'],
  ]);
});
