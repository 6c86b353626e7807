/** Where a value is: the keys and list positions that lead to it. */
export type SettingsPath = readonly (string | number)[];

/** One key of the configuration that is wrong. */
export interface ConfigFinding {
  /** Where it is. */
  readonly path: SettingsPath;
  /** A whole sentence: the value, what is wrong with it, the remedy. */
  readonly message: string;
}

/** Replaces a value that might be a secret in an error message. */
export const WITHHELD = 'set (value withheld)';

/** Whether the value is a YAML mapping: plain data, neither a list nor an instance of a class. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The path in its usual notation: `listeners[0].port`. */
export function pathText(path: SettingsPath): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}

/** The value as an error message may show it: short, and withheld when it could be a secret. */
export function shown(value: unknown, path: SettingsPath): string {
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  if (typeof value === 'number' && isSecretName(lastKey(path), '')) return WITHHELD;
  if (typeof value !== 'string') return typeof value === 'object' && value !== null ? 'an object' : String(value);
  if (namesSecret(path) || hasCredentials(value)) {
    return WITHHELD;
  }
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}

/** Whether the last key could be the name of a secret, even a misspelt one. */
export function namesSecret(path: SettingsPath): boolean {
  const key = lastKey(path);
  return /pass|pwd|secr|token|pepper|dsn|cred|keys?$/i.test(key) && !/_(path|file)$/.test(key);
}

const SECRET_NAMES =
  'pass|password|passwd|passphrase|secret|token|bearer|api_?key|access_key|private_key|pepper|credential';
const SECRET_NAME = {
  '': new RegExp(`(^|[-_])(${SECRET_NAMES})$`),
  s: new RegExp(`(^|[-_])(${SECRET_NAMES})s$`),
};

/** Whether a key is the name of a secret in any spelling; `s` looks for plurals. */
export function isSecretName(key: string, ending: '' | 's'): boolean {
  return SECRET_NAME[ending].test(key.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase());
}

/** The last key of the path; list positions have no name. */
export function lastKey(path: SettingsPath): string {
  return String(path.filter((step) => typeof step === 'string').at(-1));
}

/** Whether a URL contains a password: `https://user:password@host`. */
export function hasCredentials(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/\s@:]*:[^/\s@]+@/i.test(text);
}

/** Calls back for every value inside mappings and lists. */
export function visitScalars(
  value: unknown,
  callback: (path: SettingsPath, value: unknown) => void,
  path: SettingsPath = [],
): void {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      visitScalars(item, callback, [...path, i]);
    });
  } else if (isMapping(value)) {
    for (const [key, item] of Object.entries(value)) visitScalars(item, callback, [...path, key]);
  } else if (value !== undefined) {
    callback(path, value);
  }
}
