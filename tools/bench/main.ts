// Measures synthesis: `npm run bench`, or with `-- --check` to fail when a target is missed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRendered, writeBareProgram } from './bare';
import { interleaved, runProgram } from './run';
import { median, middleHalf } from './statistics';

/** Whole process of this program, as a multiple of a bare cdk8s program with the same objects. */
const PROCESS_TARGET = 1.3;
const PROCESS_ROUNDS = 15;
/** Milliseconds a system in the largest app, as a multiple of those in the reference app. */
const GROWTH_TARGET = 1.3;
const GROWTH_ROUNDS = 5;
const SYSTEMS = [1, 10, 100, 300];
const REFERENCE_SYSTEMS = 10;

const folder = mkdtempSync(join(tmpdir(), 'oriso-matrix-bench-'));
try {
  const met = [benchProcess(), benchGrowth()];
  if (process.argv.includes('--check') && met.includes(false)) {
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}

function benchProcess(): boolean {
  const program = [join(__dirname, '../../main.js')];
  const outdir = join(folder, 'program');
  runProgram(program, outdir);
  const { documents, bytes } = readRendered(outdir);
  const bare = join(folder, 'bare.js');
  const typed = join(folder, 'typed.js');
  writeBareProgram(bare, documents);
  writeBareProgram(typed, documents, ['cdk8s-plus-27/lib/imports/k8s']);

  const runs = interleaved(PROCESS_ROUNDS, {
    node: () => runProgram(['-e', ''], folder).milliseconds,
    bare: () => runProgram([bare], join(folder, 'bare')).milliseconds,
    typed: () => runProgram([typed], join(folder, 'typed')).milliseconds,
    program: () => runProgram(program, outdir).milliseconds,
  });
  const rows = [
    ['node alone', runs.node],
    ['bare cdk8s', runs.bare],
    ['bare cdk8s, typed objects loaded', runs.typed],
    ['this program', runs.program],
  ] as const;
  console.log(
    `Whole process, ${documents.length} objects of ${Math.round(bytes / documents.length)} bytes, ${PROCESS_ROUNDS} runs each`,
  );
  console.log(`${''.padEnd(34)}    ms  to bare (middle half)`);
  for (const [name, times] of rows) {
    // Each run is held against the bare run of its own round.
    const ratios = times.map((time, round) => time / runs.bare[round]);
    console.log(
      `${name.padEnd(34)}${median(times).toFixed(0).padStart(6)}  ${median(ratios).toFixed(2)} (${middleHalf(ratios, 2)})`,
    );
  }
  return verdict(median(runs.program) / median(runs.bare), PROCESS_TARGET, 'this program to bare cdk8s');
}

function benchGrowth(): boolean {
  const systems = join(__dirname, 'systems.js');
  const runs = interleaved(
    GROWTH_ROUNDS,
    Object.fromEntries(
      SYSTEMS.map((count) => [
        count,
        () => Number(runProgram([systems, `${count}`], join(folder, `systems-${count}`)).output) / count,
      ]),
    ),
  );
  console.log(`\nGrowth, systems in one app, ${GROWTH_ROUNDS} runs each`);
  console.log('systems  ms a system (middle half)');
  for (const count of SYSTEMS) {
    console.log(
      `${`${count}`.padStart(7)}  ${median(runs[count]).toFixed(1).padStart(5)} (${middleHalf(runs[count], 1)})`,
    );
  }
  const largest = Math.max(...SYSTEMS);
  return verdict(
    median(runs[largest]) / median(runs[REFERENCE_SYSTEMS]),
    GROWTH_TARGET,
    `a system of ${largest} to one of ${REFERENCE_SYSTEMS}`,
  );
}

function verdict(ratio: number, target: number, what: string): boolean {
  const met = ratio <= target;
  console.log(`${met ? 'met' : 'MISSED'}: ${what} ${ratio.toFixed(2)}, target ${target.toFixed(2)}`);
  return met;
}
