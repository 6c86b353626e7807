import { Yaml } from 'cdk8s';
import type { HomeserverSettings } from '../../../imports/homeserver';
import { checkSettings } from './check';
import { copySettings, mergeSettings } from './merge';
import { PLATFORM_SETTINGS } from './platform-settings';

/**
 * The content of homeserver.yaml as typed, checked data.
 *
 * It never changes: `extend` gives a new one. The check comes with `toYaml`, once everything is together, because a setting
 * may be right only beside another.
 *
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
 */
export class HomeserverConfig {
  /** A configuration of these settings. */
  public static of(settings: HomeserverSettings): HomeserverConfig {
    return new HomeserverConfig(copySettings(settings));
  }

  /** What the counselling platform needs: the one to extend. */
  public static platform(): HomeserverConfig {
    return HomeserverConfig.of(PLATFORM_SETTINGS);
  }

  private constructor(private readonly content: HomeserverSettings) {}

  /** The settings; a copy, so that nobody changes the configuration through it. */
  public get settings(): HomeserverSettings {
    return copySettings(this.content);
  }

  /**
   * The same configuration with these settings on top.
   *
   * Mappings are merged at every level; a list or a single value replaces what was there.
   */
  public extend(settings: HomeserverSettings): HomeserverConfig {
    return new HomeserverConfig(mergeSettings(this.content, settings));
  }

  /** What is wrong with it, one sentence each; empty when Synapse will read every setting as it was meant. */
  public check(): string[] {
    return checkSettings(this.content);
  }

  /** The file for Synapse; fails when `check` finds anything. */
  public toYaml(): string {
    const errors = this.check();
    if (errors.length > 0) {
      throw new Error(`homeserver.yaml is not right:\n${errors.map((e) => `  - ${e}`).join('\n')}`);
    }
    return Yaml.stringify(this.content);
  }
}
