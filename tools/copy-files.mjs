// tsc compiles TypeScript only: scripts, proxy configuration and schemas go beside the compiled code as they are.
import { cpSync } from 'node:fs';

for (const folder of ['lib', 'imports', 'dashboards']) {
  cpSync(folder, `build/${folder}`, {
    recursive: true,
    filter: (path) => !path.endsWith('.ts') && !path.includes('__pycache__'),
  });
}
