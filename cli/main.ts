#!/usr/bin/env node
import { doctor } from './doctor/doctor';
import { commandLine } from './program';

// One entry for each subcommand.
commandLine('oriso-matrix', [doctor])
  .run(process.argv.slice(2))
  .then((code) => {
    process.exitCode = code;
  });
