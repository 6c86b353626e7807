import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SCRIPT = join(__dirname, '../../../lib/edge/proxy/start-proxy.sh');
const folder = mkdtempSync(join(tmpdir(), 'start-proxy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `matrix-…` resolves with the second search domain, at the second attempt; an address only as it is. */
const STAND_INS = {
  getent: `#!/bin/sh
echo "$2" >>asked
case "$2" in
  192.0.2.1) ;;
  *.caritas.svc.test.) [ "$(grep -cx "$2" asked)" -gt 1 ] ;;
  *) false ;;
esac
`,
  sed: '#!/bin/sh\necho caritas.svc.none caritas.svc.test svc.test\n',
  sleep: '#!/bin/sh\n',
  haproxy: '#!/bin/sh\nenv | grep ^HOST_ | sort >>asked\necho "haproxy $*" >>asked\n',
};

function asked(...hosts: string[]): string[] {
  for (const [name, text] of Object.entries({ ...STAND_INS, asked: '' })) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  execFileSync('sh', [SCRIPT, ...hosts], { cwd: folder, env: { PATH: `${folder}:${process.env.PATH}` } });
  return readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
}

/** Each search domain, then the name as it is. */
const attempt = (host: string) => [`${host}.caritas.svc.none.`, `${host}.caritas.svc.test.`, `${host}.svc.test.`, host];

it('starts the proxy once all host names resolve, and tells it their full names', () => {
  expect(asked('matrix-synapse-main', '192.0.2.1')).toEqual([
    ...attempt('matrix-synapse-main'),
    ...attempt('matrix-synapse-main').slice(0, 2),
    ...attempt('192.0.2.1'),
    'HOST_192_0_2_1=192.0.2.1',
    'HOST_matrix_synapse_main=matrix-synapse-main.caritas.svc.test',
    `haproxy -db -f ${dirname(SCRIPT)}`,
  ]);
});
