import { tmpdir } from 'node:os';
import { removeTemporaryFolder } from './temporary-folder';

export default function tearDown(): void {
  removeTemporaryFolder(tmpdir());
}
