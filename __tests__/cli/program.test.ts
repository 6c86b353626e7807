import { commandLine } from '../../cli/program';

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  for (const way of ['log', 'error'] as const) {
    jest.spyOn(console, way).mockImplementation((...words) => void said.push(words.join()));
  }
});
afterEach(() => jest.restoreAllMocks());

const greet = { name: 'greet', summary: 'greets', run: async (args: string[]) => args.length };
const program = commandLine('hello', [greet]);

it('runs a subcommand with the rest of the arguments, and returns its exit code', async () => {
  expect(await program.run(['greet', 'a', '--b'])).toBe(2);
});

it('lists the subcommands', async () => {
  expect(await program.run(['--help'])).toBe(0);
  expect(said.join()).toContain('  greet     greets');
});

it.each([[[]], [['gret']]])('fails for %j, and lists the subcommands', async (args) => {
  expect(await program.run(args)).toBe(2);
  expect(said.join()).toContain('  greet     greets');
});
