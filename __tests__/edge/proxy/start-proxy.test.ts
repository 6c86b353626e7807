import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../../lib/edge/proxy/start-proxy.sh');
const folder = mkdtempSync(join(tmpdir(), 'start-proxy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A name is known from the second time on that it is asked for. */
const STAND_INS = {
  getent: '#!/bin/sh\necho "$2" >>asked\n[ "$(grep -cx "$2" asked)" -gt 1 ]\n',
  sleep: '#!/bin/sh\n',
  haproxy: '#!/bin/sh\necho "haproxy $*" >>asked\n',
};

function asked(environment: { [name: string]: string }): string[] {
  for (const [name, text] of Object.entries({ ...STAND_INS, asked: '' })) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  execFileSync('sh', [SCRIPT], { cwd: folder, env: { PATH: `${folder}:${process.env.PATH}`, ...environment } });
  return readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
}
const STARTED = `haproxy -db -f ${join(SCRIPT, '../haproxy.cfg')}`;

it('starts the proxy when the names that it leads to are known, and not before', () => {
  const names = { SYNAPSE: 'matrix-synapse-main', DISCOVERY: 'matrix-discovery:80' };
  expect(asked(names)).toEqual([
    'matrix-synapse-main',
    'matrix-synapse-main',
    'matrix-discovery',
    'matrix-discovery',
    STARTED,
  ]);
});

it('waits for no discovery where there is none', () => {
  expect(asked({ SYNAPSE: 'matrix-synapse-main' })).toEqual(['matrix-synapse-main', 'matrix-synapse-main', STARTED]);
});
