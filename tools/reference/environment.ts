import { code, page, table } from './markdown';

/** What the variables of main.ts mean. */
const OF_MAIN: { [name: string]: string } = {
  MATRIX_NAMESPACE: 'namespace of every object',
  MATRIX_SERVER_NAME: 'server name, which never changes',
  MATRIX_PUBLIC_BASE_URL: 'URL at which clients reach the server',
};

/** Variables of the programs in the pods that an operator may set. */
const OF_OPERATORS: { [name: string]: { on: string; meaning: string } } = {
  ACCEPT_FEWER_MEDIA: {
    on: 'CronJob `matrix-backup`',
    meaning: '`yes`: makes a backup although most media are gone',
  },
};

/** Variables that the deployment or Kubernetes sets, or only the tests. */
const OF_DEPLOYMENT = [
  'BACKUP',
  'HOSTNAME',
  'KUBERNETES_SERVICE_HOST',
  'KUBERNETES_SERVICE_PORT',
  'MOUNTS',
  'NAMESPACE',
  'POD_NAME',
  'POD_UID',
  'REPACK_STEP',
  'RESTIC',
  'RESTIC_REPOSITORY',
  'VOLUME',
];

/** The names that Python programs read from their environment. */
export function readByPython(source: string): string[] {
  return [...source.matchAll(/os\.environ(?:\.get\(|\[)["'](\w+)["']/g)].map(([, name]) => name);
}

/** The variables of main.ts with their defaults. */
function readByMain(source: string): [string, string][] {
  const declared = [...source.matchAll(/const \{(.*?)\} = process\.env;/g)].map(([, names]) => names);
  return declared.flatMap((names) =>
    [...names.matchAll(/(\w+) = ('[^']*'|`[^`]*`)/g)].map(([, name, value]): [string, string] => [
      name,
      value.slice(1, -1).replace(/\$\{(\w+)\}/g, '‹$1›'),
    ]),
  );
}

/** Variables that the page lacks, and those that no program reads. */
export function wrongVariables(python: string[], main: string): string[] {
  const read = [...python.flatMap(readByPython), ...readByMain(main).map(([name]) => name)];
  const known = [...Object.keys(OF_MAIN), ...Object.keys(OF_OPERATORS), ...OF_DEPLOYMENT];
  return [
    ...read
      .filter((name) => !known.includes(name))
      .map((name) => `${name} is missing in tools/reference/environment.ts`),
    ...known.filter((name) => !read.includes(name)).map((name) => `no program reads ${name}`),
  ];
}

/** The variables that a person may set. */
export function environmentPage(main: string): string {
  return page(
    'Environment',
    'The package itself reads no environment variables.',
    '## main.ts',
    table(
      ['variable', 'default', 'meaning'],
      readByMain(main).map(([name, value]) => [code(name), code(value), OF_MAIN[name]]),
    ),
    '## Programs in the pods',
    'An operator may set these, for example by `kubectl set env cronjob/matrix-backup ACCEPT_FEWER_MEDIA=yes`. ' +
      'The deployment sets all others.',
    table(
      ['variable', 'set it on', 'meaning'],
      Object.entries(OF_OPERATORS).map(([name, { on, meaning }]) => [code(name), on, meaning]),
    ),
  );
}
