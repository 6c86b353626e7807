import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../lib/backups/scripts');

/** What a piece of Python answered, or the problem that an operator would be told. */
export interface PythonAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON holds.
  readonly answer?: any;
  readonly problem?: string;
}

/**
 * Runs Python that uses the modules of the backups' scripts.
 *
 * @param modules ours, to import; what they would do as scripts is not done.
 * @param body of a function, which is `given` some JSON and returns some.
 */
export function python(
  modules: string,
  body: string,
  given: unknown = {},
  env: { [name: string]: string } = {},
): PythonAnswer {
  const code = `
import json, sys
sys.path.insert(0, ${JSON.stringify(FOLDER)})
import repository
repository.main = lambda *_: None
import ${modules}
def work(given):
${body.replace(/^/gm, '    ')}
try:
    said = {"answer": work(json.load(sys.stdin))}
except repository.Problem as problem:
    said = {"problem": str(problem)}
print("\\n" + json.dumps(said))
`;
  const { status, stdout, stderr } = spawnSync('python3', ['-c', code], {
    encoding: 'utf8',
    input: JSON.stringify(given),
    env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return JSON.parse(stdout.trimEnd().split('\n').pop() ?? '');
}
