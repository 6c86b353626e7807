import { fileBeside } from '../kubernetes/files';
import { RESTART_ON_CHANGE_SH } from '../kubernetes/restart-on-change';
import type { HomeserverConfig } from './homeserver/homeserver-config';

/** The files of the folder that Synapse reads its configuration from. */
export function homeserverFiles(config: HomeserverConfig): { [name: string]: string } {
  return {
    'homeserver.yaml': config.toYaml(),
    'log-config.yaml': fileBeside(__dirname, 'log-config.yaml'),
    'database.py': fileBeside(__dirname, 'database.py'),
    'wait-for-database.py': fileBeside(__dirname, 'wait-for-database.py'),
    'epoch-guard.py': fileBeside(__dirname, 'epoch-guard.py'),
    'restart-on-change.sh': RESTART_ON_CHANGE_SH,
  };
}
