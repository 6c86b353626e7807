import { Yaml } from 'cdk8s';
import type { HomeserverSettings } from '../../../imports/homeserver';
import { checked } from '../../kubernetes/checks/checked';
import { checkSettings, type SettingsCheck } from './check';
import { copySettings, mergeSettings } from './merge';
import { checkOriso } from './presets/oriso-checks';
import { ORISO_SETTINGS } from './presets/oriso-settings';
import { RECOMMENDED_SETTINGS } from './presets/recommended-settings';

/**
 * The content of homeserver.yaml as typed, checked data.
 *
 * A configuration never changes: `extend` returns a new one. `toYaml` checks it, once it is complete, because some
 * settings are valid only beside others.
 *
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
 */
@checked
export class HomeserverConfig {
  /** A configuration of these settings only; Synapse's own defaults apply to everything else. */
  public static of(settings: HomeserverSettings): HomeserverConfig {
    return new HomeserverConfig(copySettings(settings), []);
  }

  /**
   * Settings for any installation, to use as they are or to extend.
   *
   * End-to-end encryption in new private rooms, room version 12, no open registration, no guests, no presence, a
   * private directory and room list.
   */
  public static recommended(): HomeserverConfig {
    return HomeserverConfig.of(RECOMMENDED_SETTINGS);
  }

  /**
   * Settings for the ORISO counselling platform: the recommended ones with room version 11, encryption off, presence,
   * calls, and rate limits above the bursts of its services.
   *
   * It is checked for what those services need, however it is extended: passwords stay on, access tokens do not
   * expire, and accounts stay in Synapse.
   */
  public static oriso(): HomeserverConfig {
    return new HomeserverConfig(mergeSettings(RECOMMENDED_SETTINGS, ORISO_SETTINGS), [checkOriso]);
  }

  private constructor(
    private readonly content: HomeserverSettings,
    private readonly checks: readonly SettingsCheck[],
  ) {}

  /** A copy of the settings; changing it does not change the configuration. */
  public get settings(): HomeserverSettings {
    return copySettings(this.content);
  }

  /**
   * The same configuration with these settings on top.
   *
   * Mappings are merged at every level; a list or a single value replaces the earlier one.
   */
  public extend(settings: HomeserverSettings): HomeserverConfig {
    return new HomeserverConfig(mergeSettings(this.content, settings), this.checks);
  }

  /** Every error in the settings, one sentence each; empty when Synapse reads all of them as intended. */
  public check(): string[] {
    return checkSettings(this.content, this.checks);
  }

  /**
   * The file for Synapse.
   *
   * @throws when `check` finds an error.
   */
  public toYaml(): string {
    const errors = this.check();
    if (errors.length > 0) {
      throw new Error(`config is not a valid homeserver.yaml:\n${errors.map((e) => `  - ${e}`).join('\n')}`);
    }
    return Yaml.stringify(this.content);
  }
}
