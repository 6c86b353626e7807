import { agentFiles, keeperFiles } from '../../../lib/synthetic-user/program/program';

/** Modules of ours that a file imports. */
const importsOf = (text: string) =>
  [
    ...text.matchAll(/^(?:from|import) (people|public_client|conversation|step_metrics|synapse_\w+|synthetic_\w+)\b/gm),
  ].map(([, name]) => `${name}.py`);

it.each([
  ['agent', agentFiles, 'synthetic_user.py'],
  ['keeper', keeperFiles, 'synthetic_keeper.py'],
])('the %s has its program and what that imports, and nothing else', (_, files, program) => {
  const found = files();
  const needed = new Set<string>();
  const visit = (name: string) => {
    if (!needed.has(name)) {
      needed.add(name);
      importsOf(found[name]).forEach(visit);
    }
  };
  visit(program);
  expect(Object.keys(found).sort()).toEqual([...needed].sort());
});
