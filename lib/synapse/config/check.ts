import type { HomeserverSettings } from '../../../imports/homeserver';
import { checkSecrets } from './inline-secrets';
import { checkInvariants } from './invariants';
import { isMapping } from './path';
import { checkShape } from './schema-check';
import { checkWorkers } from './workers';

/**
 * Everything that is wrong with the settings, one sentence each: where, which value, why, and what to write instead.
 *
 * Synapse itself passes over an unknown key, a misspelt one and many a wrong value in silence. Here they are errors, and so
 * are secrets in the open and settings that would break what this system promises.
 *
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
 */
export function checkSettings(settings: HomeserverSettings): string[] {
  const misshaped = checkShape(settings);
  if (!isMapping(settings)) return misshaped.map((finding) => finding.message);
  // A block of the wrong shape is left out of what follows, so that one mistake is not reported twice or stumbled over.
  const broken = new Set(misshaped.map((finding) => finding.path[0]));
  const sound: HomeserverSettings = Object.fromEntries(
    Object.entries(settings).filter(([key, value]) => !broken.has(key) && value !== undefined && value !== null),
  );
  const told = new Set(misshaped.map((finding) => JSON.stringify(finding.path)));
  const secrets = checkSecrets(settings).filter((finding) => !told.has(JSON.stringify(finding.path)));
  return [
    ...misshaped.map((finding) => finding.message),
    ...secrets.map((finding) => finding.message),
    ...checkInvariants(sound),
    ...checkWorkers(sound),
  ];
}
