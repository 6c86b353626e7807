import { spawnSync } from 'node:child_process';

/** One process of Node, from start to end. */
export interface Run {
  readonly milliseconds: number;
  readonly output: string;
}

/** Runs a compiled program that writes its YAML to a folder. */
export function runProgram(args: string[], outdir: string): Run {
  const start = process.hrtime.bigint();
  const result = spawnSync(process.execPath, args, {
    env: { ...process.env, CDK8S_OUTDIR: outdir },
    encoding: 'utf8',
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (result.status !== 0) {
    throw new Error(`node ${args.join(' ')} failed: ${result.error?.message ?? result.stderr}`);
  }
  return { milliseconds, output: result.stdout };
}

/** Runs each program once a round, so that a busy moment of the machine hits all of them, and collects what it measured. */
export function interleaved<Name extends string>(
  rounds: number,
  programs: { [name in Name]: () => number },
): { [name in Name]: number[] } {
  const names = Object.keys(programs) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as { [name in Name]: number[] };
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      measured[name].push(programs[name]());
    }
  }
  return measured;
}
