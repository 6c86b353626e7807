import type { HomeserverSettings } from '../../imports/homeserver';
import { checkSettings } from '../../lib/synapse/config/check';

/** Our errors for the settings, but for secrets given as text: Synapse takes those. */
export function ourErrors(settings: object): string[] {
  return checkSettings(settings as HomeserverSettings).filter(
    (error) => !error.includes('a ConfigMap must not contain a secret'),
  );
}

/** Whether our check lets the settings pass. */
export function accepts(settings: object): boolean {
  return ourErrors(settings).length === 0;
}
