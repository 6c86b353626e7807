import {
  type ConfigFinding,
  hasCredentials,
  isSecretName,
  lastKey,
  pathText,
  type SettingsPath,
  visitScalars,
} from './path';

const SECOND_FILE = 'Synapse cannot read it from a file of its own, so put the whole block';
const INTO = 'into a YAML file in a Secret and pass it as secretConfig';

/** Secrets that a prop reads from a Secret. */
const BY_PROP: Readonly<Record<string, string>> = {
  form_secret: 'secrets',
  macaroon_secret_key: 'secrets',
  'oidc_providers[].client_secret': 'oidcProviders',
  registration_shared_secret: 'secrets',
  turn_shared_secret: 'turn',
};

/**
 * Remedies for other secrets whose names do not say that they are secret, or that have a better remedy than the
 * general one.
 */
const INLINE_ONLY: Readonly<Record<string, string>> = {
  'oidc_providers[].client_secret_jwt_key.key': `${SECOND_FILE} oidc_providers ${INTO}`,
  'database.args.password': 'remove it; the prop postgres reads it from a Secret',
  'email.smtp_pass': `${SECOND_FILE} email ${INTO}`,
  'jwt_config.secret': `${SECOND_FILE} jwt_config ${INTO}`,
  'manhole_settings.password': `${SECOND_FILE} manhole_settings ${INTO}`,
  'password_config.pepper': `${SECOND_FILE} password_config ${INTO}`,
  'sentry.dsn': `${SECOND_FILE} sentry ${INTO}`,
  turn_password: 'use the prop turn with a shared secret instead of a fixed user and password',
  'media_storage_providers[].config.access_key_id':
    'remove it, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY from a Secret',
  'media_storage_providers[].config.secret_access_key':
    'remove it, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY from a Secret',
};

/** URL patterns: `password` in them is a pattern to match. */
const NOT_SECRET = /^url_preview_url_blacklist\[\]/;

/** Secrets in the file itself, which becomes a ConfigMap and is readable by more people and programs than a Secret. */
export function checkSecrets(settings: object): ConfigFinding[] {
  const findings: ConfigFinding[] = [];
  visitScalars(settings, (path, value) => {
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return;
    const remedy = remedyFor(path, value);
    if (remedy === undefined) return;
    const message = `${pathText(path)} is set (value withheld), but a ConfigMap must not contain a secret: ${remedy}`;
    findings.push({ path, message });
  });
  return findings;
}

function remedyFor(path: SettingsPath, value: string | number): string | undefined {
  const [name, block] = [generalName(path), path[0]];
  if (Object.hasOwn(BY_PROP, name)) return `remove it; the prop ${BY_PROP[name]} reads it from a Secret`;
  if (Object.hasOwn(INLINE_ONLY, name)) return INLINE_ONLY[name];
  if (NOT_SECRET.test(name)) return undefined;
  if (holdsSecret(path, value)) return `put the whole block ${block} ${INTO}`;
  return hasCredentials(String(value)) ? `remove user and password from the URL, or put ${block} ${INTO}` : undefined;
}

/**
 * Finds secrets under the names that modules choose. A number under a plural (`max_tokens`) is a limit, and a path is
 * not a secret.
 */
function holdsSecret(path: SettingsPath, value: string | number): boolean {
  const key = lastKey(path);
  if (isSecretName(key, '')) return true;
  const keys = path.filter((step) => typeof step === 'string');
  return typeof value === 'string' && !/(^|_)(file|path)$/.test(key) && keys.some((one) => isSecretName(one, 's'));
}

/** The path without list positions. */
function generalName(path: SettingsPath): string {
  return pathText(path).replace(/\[\d+\]/g, '[]');
}
