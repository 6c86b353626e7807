import { fileBeside } from '../../kubernetes/files';
import { SYNAPSE_ADMIN, SYNAPSE_API } from '../../python/python';

const files = (...names: string[]) => Object.fromEntries(names.map((name) => [name, fileBeside(__dirname, name)]));

/** Files of the program that uses the homeserver, except its settings. */
export function agentFiles(): { [name: string]: string } {
  const own = files('synthetic_user.py', 'conversation.py', 'people.py', 'public_client.py', 'step_metrics.py');
  return { ...own, ...SYNAPSE_API };
}

/** Files of the program that makes the accounts and cleans up, except its settings. */
export function keeperFiles(): { [name: string]: string } {
  return { ...files('synthetic_keeper.py', 'people.py', 'public_client.py'), ...SYNAPSE_ADMIN };
}
