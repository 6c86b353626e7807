import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './run.mjs';

const PAGE = resolve(import.meta.dirname, '../../docs/how-to/use-in-your-own-chart.md');

/** The files of `A project of your own`, as the page prints them. */
function printedFiles() {
  const [, section] = readFileSync(PAGE, 'utf8').split(/^## A project of your own$/m);
  const blockOf = (language) => section.split(`\`\`\`${language}\n`)[1].split('```')[0].replaceAll(/^ {3}/gm, '');
  return { 'tsconfig.json': blockOf('json'), 'cdk8s.yaml': blockOf('yaml') };
}

/** In a project as documented, `cdk8s synth` writes what main.ts says now, or fails. */
export function checkOwnProject(home) {
  for (const [name, content] of Object.entries(printedFiles())) {
    writeFileSync(join(home, name), content);
  }
  const program = readFileSync(join(home, 'node_modules/oriso-matrix/examples/minimal.ts'), 'utf8');
  const synth = (text) => {
    writeFileSync(join(home, 'main.ts'), text);
    run(home, 'npx', ['cdk8s', 'synth'], { CDK8S_CHECK_UPGRADE: 'false' });
    return readFileSync(join(home, 'dist/matrix.k8s.yaml'), 'utf8');
  };
  const expect = (holds, what) => {
    if (!holds) {
      throw new Error(`a project of your own: ${what}`);
    }
  };
  expect(synth(program).includes('namespace: matrix'), 'nothing was written');
  const edited = program.replace("namespace: 'matrix'", "namespace: 'edited'");
  expect(synth(edited).includes('namespace: edited'), 'an edit of main.ts was not compiled');
  rmSync(join(home, 'build'), { recursive: true });
  expect(synth(program).includes('namespace: matrix'), 'a deleted build was not made again');
  let failed = '';
  try {
    synth(edited.replace('serverName:', 'serverNam:'));
  } catch (error) {
    failed = error.message;
  }
  expect(failed.includes('serverNam'), 'an error of the compiler did not fail');
  expect(!existsSync(join(home, 'dist/matrix.k8s.yaml')), 'YAML was left in spite of an error of the compiler');
}
