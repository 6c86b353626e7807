import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SCRIPT = join(__dirname, '../../../lib/edge/proxy/start-proxy.sh');
const folder = mkdtempSync(join(tmpdir(), 'start-proxy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Each name resolves at the second attempt. */
const STAND_INS = {
  getent: '#!/bin/sh\necho "$2" >>asked\n[ "$(grep -cx "$2" asked)" -gt 1 ]\n',
  sleep: '#!/bin/sh\n',
  haproxy: '#!/bin/sh\necho "haproxy $*" >>asked\n',
};

function asked(...hosts: string[]): string[] {
  for (const [name, text] of Object.entries({ ...STAND_INS, asked: '' })) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  execFileSync('sh', [SCRIPT, ...hosts], { cwd: folder, env: { PATH: `${folder}:${process.env.PATH}` } });
  return readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
}

it('starts the proxy only once all host names resolve', () => {
  expect(asked('matrix-synapse-main', 'matrix-discovery')).toEqual([
    'matrix-synapse-main',
    'matrix-synapse-main',
    'matrix-discovery',
    'matrix-discovery',
    `haproxy -db -f ${dirname(SCRIPT)}`,
  ]);
});
