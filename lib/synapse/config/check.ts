import type { HomeserverSettings } from '../../../imports/homeserver';
import { checkSecrets } from './inline-secrets';
import { isMapping } from './path';
import { checkCompanions } from './rules/companions';
import { checkConflicts } from './rules/conflicts';
import { checkInvariants } from './rules/invariants';
import { checkListeners } from './rules/listeners';
import { checkOrder } from './rules/order';
import { checkRetention } from './rules/retention';
import { checkWorkers } from './rules/workers';
import { checkShape } from './schema/check-shape';

/** A rule for settings of the right shape: its errors, one sentence each. */
export type SettingsCheck = (settings: HomeserverSettings) => string[];

/** The rules for every configuration. */
const RULES: readonly SettingsCheck[] = [
  checkInvariants,
  checkListeners,
  checkCompanions,
  checkConflicts,
  checkOrder,
  checkRetention,
  checkWorkers,
];

/**
 * Every error in the settings, one sentence each: where it is, which value it has, why it is wrong, and what to use
 * instead.
 *
 * Synapse ignores unknown and misspelt keys without a word, and many wrong values. Here they are errors, and so are
 * secrets given as text and settings that are unsafe.
 *
 * @param more rules for some configurations only.
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
 */
export function checkSettings(settings: HomeserverSettings, more: readonly SettingsCheck[] = []): string[] {
  const misshaped = checkShape(settings);
  if (!isMapping(settings)) return misshaped.map((finding) => finding.message);
  // The rules do not see a block of the wrong shape, so that one mistake is reported once and no rule crashes on it.
  const broken = new Set(misshaped.map((finding) => finding.path[0]));
  const sound: HomeserverSettings = Object.fromEntries(
    Object.entries(settings).filter(([key, value]) => !broken.has(key) && value !== undefined && value !== null),
  );
  const reported = new Set(misshaped.map((finding) => JSON.stringify(finding.path)));
  const secrets = checkSecrets(settings).filter((finding) => !reported.has(JSON.stringify(finding.path)));
  return [
    ...misshaped.map((finding) => finding.message),
    ...secrets.map((finding) => finding.message),
    ...[...more, ...RULES].flatMap((rule) => rule(sound)),
  ];
}
