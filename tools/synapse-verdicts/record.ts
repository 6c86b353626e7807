import { existsSync } from 'node:fs';
import { SYNAPSE_IMAGE } from '../../lib/python/synapse-image';
import { type Candidate, candidates } from './candidates';
import { accepts } from './our-verdict';
import { ask, kubectl } from './probe';
import { TABLE, Verdicts } from './table';

/** Namespace of the probe, removed at the end. */
const NAMESPACE = 'synapse-verdicts';

/** Records what is missing in the table; what the tool no longer tries is left out. `--all` records everything anew. */
async function record(): Promise<void> {
  const all = candidates();
  const verdicts = known();
  const missing = all.filter((one) => isMissing(one, verdicts));
  console.log(`${all.length} cases, of which ${missing.length} are asked`);
  if (missing.length > 0) {
    await kubectl(['create', 'namespace', NAMESPACE]);
    try {
      const questions = missing.map((one) => ({ settings: one.settings, serve: accepts(one.settings) }));
      await ask(NAMESPACE, questions, (verdict, i) => {
        verdicts.note(missing[i], verdict);
        if (i % 100 === 99) console.log(`${i + 1} of ${missing.length}`);
        // An interruption loses little.
        if (i % 100 === 99) verdicts.write(all);
      });
    } finally {
      await kubectl(['delete', 'namespace', NAMESPACE, '--wait=false']);
    }
  }
  verdicts.write(all);
}

/** The table, unless it is that of another version or to be recorded anew. */
function known(): Verdicts {
  const fresh = new Verdicts(SYNAPSE_IMAGE.reference);
  if (!existsSync(TABLE) || process.argv.includes('--all')) return fresh;
  const table = Verdicts.read();
  return table.version === fresh.version ? table : fresh;
}

/** Whether Synapse was not asked, or not far enough. */
function isMissing(candidate: Candidate, verdicts: Verdicts): boolean {
  const known = verdicts.of(candidate);
  return known === undefined || (known.outcome === 'reads' && accepts(candidate.settings));
}

record().catch((problem) => {
  console.error(problem);
  process.exitCode = 1;
});
