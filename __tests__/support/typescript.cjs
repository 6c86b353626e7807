// node --require …/typescript.cjs FILE.ts: runs TypeScript as it is, without types, in a process of its own.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};
