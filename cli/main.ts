#!/usr/bin/env node
import { adopt } from './adopt/adopt';
import { doctor } from './doctor/doctor';
import { commandLine } from './program';

// One entry for each subcommand.
commandLine('oriso-matrix', [adopt, doctor])
  .run(process.argv.slice(2))
  .then((code) => {
    process.exitCode = code;
  });
