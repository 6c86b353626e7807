import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { System } from './system';

const PROGRAM = readFileSync(join(__dirname, 'signal-synapse.py'), 'utf8');

/** Sends a process of the server a signal. KILL is what the kernel does when memory runs out. */
export function signalSynapse(
  system: System,
  name: 'KILL' | 'TERM',
  target = 'deployment/matrix-synapse',
): Promise<string> {
  return system.exec(target, 'python3', '-c', PROGRAM, name);
}
