/** A subcommand. */
export interface Command {
  readonly name: string;
  /** One line for the list of subcommands. */
  readonly summary: string;
  /** Runs it and returns the exit code. */
  run(args: string[]): Promise<number>;
}

/** A program with subcommands. */
export function commandLine(name: string, commands: Command[]): { run(args: string[]): Promise<number> } {
  const usage = [
    `usage: ${name} COMMAND [OPTIONS]`,
    '',
    ...commands.map((command) => `  ${command.name.padEnd(10)}${command.summary}`),
    '',
    `${name} COMMAND --help lists the options of a command.`,
  ].join('\n');
  return {
    run: async ([wanted, ...args]) => {
      const command = commands.find((one) => one.name === wanted);
      if (command) {
        return command.run(args);
      }
      if (wanted === undefined || wanted === '--help') {
        console.log(usage);
        return wanted ? 0 : 2;
      }
      console.error(`'${wanted}' is not a command of ${name}.\n\n${usage}`);
      return 2;
    },
  };
}
