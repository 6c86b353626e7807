// Makes build/main.js one file: loading two hundred small ones takes longer than all the rest of a synthesis.
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { build } from 'esbuild';

/** Scripts and proxy configuration stay beside the constructs they belong to, in build/lib. */
const keepFolders = {
  name: 'keep-folders',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]build[\\/]lib[\\/].*\.js$/ }, ({ path }) => {
      const folder = relative(resolve('build'), dirname(path)).replaceAll('\\', '/');
      return { contents: readFileSync(path, 'utf8').replaceAll('__dirname', `(__dirname + '/${folder}')`) };
    });
  },
};

await build({
  entryPoints: ['build/main.js'],
  outfile: 'build/main.js',
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  target: 'node20',
  plugins: [keepFolders],
  logLevel: 'warning',
});
