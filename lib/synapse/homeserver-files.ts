import { fileBeside } from '../kubernetes/files';
import { RESTART_ON_CHANGE_SH } from '../kubernetes/workloads/restart-on-change';
import type { HomeserverConfig } from './config/homeserver-config';

/** The files of the folder that Synapse reads its configuration from. */
export function homeserverFiles(config: HomeserverConfig): { [name: string]: string } {
  return {
    'homeserver.yaml': config.toYaml(),
    'log-config.yaml': fileBeside(__dirname, 'log-config.yaml'),
    'database.py': fileBeside(__dirname, 'start/database.py'),
    'wait-for-database.py': fileBeside(__dirname, 'start/wait-for-database.py'),
    'epoch-guard.py': fileBeside(__dirname, 'start/epoch-guard.py'),
    'restart-on-change.sh': RESTART_ON_CHANGE_SH,
  };
}
