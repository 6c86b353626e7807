// Writes imports/signatures.json from the declarations of the build.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { declaredIn } from '../reference/declarations';
import { PublicDeclarations } from '../reference/public-declarations';
import { signaturesOf } from './signatures';

const FILE = join(__dirname, '../../../imports/signatures.json');

const build = join(__dirname, '../..');
const origins = [...new PublicDeclarations(build, 'lib/index').exported().values()];
const exported = declaredIn(
  build,
  origins.filter(({ module }) => module.startsWith('lib/')),
);
const text = `${JSON.stringify(signaturesOf(exported), undefined, 2)}\n`;
if (readFileSync(FILE, 'utf8') !== text) {
  writeFileSync(FILE, text);
}
