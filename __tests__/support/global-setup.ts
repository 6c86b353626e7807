import { makeTemporaryFolder } from './temporary-folder';

export default function setUp(): void {
  process.env.TMPDIR = makeTemporaryFolder();
}
