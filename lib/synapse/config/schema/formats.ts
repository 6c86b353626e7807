import { isIP } from 'node:net';
import { prefixLength } from '../../../addresses/cidr';
import { checkServerName } from '../../../addresses/server-name';

/** A form that a text must have beyond its type. */
export interface TextFormat {
  readonly matches: (text: string) => boolean;
  /** What to use, after "it must be". */
  readonly expected: string;
}

/** What Synapse 1.163.2 can create; the last three are experiments. */
const ROOM_VERSIONS = [
  ...Array.from({ length: 12 }, (_, i) => `${i + 1}`),
  ...['org.matrix.msc3757.10', 'org.matrix.msc3757.11', 'org.matrix.hydra.11'],
];

/** The formats that `tools/homeserver-corrections.mjs` gives to texts. */
export const FORMATS: Readonly<Record<string, TextFormat>> = {
  'http-url': {
    matches: (text) => /^https?:\/\/[^\s/?#]/.test(text) && URL.canParse(text),
    expected: 'a URL with its scheme: use one such as "https://example.org"',
  },
  'ip-range': {
    matches: (text) => isIP(text) !== 0 || prefixLength(text) !== undefined,
    expected: 'an IP address or a range: use one such as "10.0.0.0/8"',
  },
  'ip-address': {
    // Empty is any address.
    matches: (text) => text === '' || isIP(text) !== 0,
    expected: 'an IP address of the host: use "0.0.0.0" for all',
  },
  proxy: {
    matches: (text) => /^(https?:\/\/)?[^\s/[\]:]+(:\d+)?\/?$/.test(text.replace(/\/\/[^/@]*@/, '//')),
    expected: 'a proxy with its host: use one such as "http://proxy.example.org:3128"',
  },
  'python-class': {
    matches: (text) => /^[^\W\d]\w*(\.[^\W\d]\w*)+$/.test(text),
    expected: 'the full name of a Python class: use one such as "my_module.MyModule"',
  },
  'room-alias': {
    matches: (text) => /^#[^:\s]+:./.test(text) && isServerName(text.slice(text.indexOf(':') + 1)),
    expected: 'a room alias with its server: use one such as "#welcome:example.org"',
  },
  'room-version': {
    matches: (text) => ROOM_VERSIONS.includes(text),
    expected: 'a room version that Synapse knows: use one from "1" to "12"',
  },
  'server-name': {
    matches: isServerName,
    expected: 'the name of a Matrix server: use one such as "example.org"',
  },
  sender: {
    // Synapse reads it when it sends: with any other placeholder no email leaves.
    matches: (text) => text.includes('@') && hasOnly(text, ['app']),
    expected: 'an address, with %(app)s as its only placeholder: use one such as "%(app)s <matrix@example.org>"',
  },
  subject: {
    matches: (text) => hasOnly(text, ['app', 'person', 'room', 'space', 'server_name']),
    expected:
      "text with only Synapse's placeholders, because no email leaves otherwise: use %(app)s, %(person)s, %(room)s, %(space)s, %(server_name)s, and %% for a percent sign",
  },
  'provider-id': {
    matches: (text) => /^[\w.~-]+$/.test(text),
    expected: 'only letters, digits and . _ ~ -: use an ID such as "keycloak"',
  },
  brand: {
    matches: (text) => /^[a-z][a-z0-9_.-]*$/.test(text),
    expected: 'only a-z, digits and _ . -, after a letter: use one such as "keycloak"',
  },
  'mxc-uri': {
    matches: (text) => /^mxc:\/\/[^/\s]+\/[^/\s]+$/.test(text),
    expected: 'the URI of an uploaded file: use one such as "mxc://example.org/abc"',
  },
  alphanumeric: {
    matches: (text) => /^[\p{L}\p{N}]+$/u.test(text),
    expected: 'only letters and digits: use one such as "u"',
  },
  localpart: {
    matches: (text) => /^[a-z0-9._=/+-]*$/.test(text),
    expected: 'the name of a user in lower case, without @ and server: use one such as "admin"',
  },
  'public-key': {
    matches: (text) => /^[\w+/-]{43}=?$/.test(text),
    expected: 'a public key, 32 bytes in base64: use the 43 characters that the server publishes',
  },
  text: { matches: (text) => text.trim() !== '', expected: 'text that is not empty: set it, or remove the key' },
  path: {
    matches: (text) => text.trim() !== '',
    expected: 'the path of a file or folder in the pod: use one, or remove the key',
  },
};

/** Whether a text has only these placeholders of Python's: `%(name)s`. */
function hasOnly(text: string, names: readonly string[]): boolean {
  const rest = text.replaceAll('%%', '').replace(/%\((\w+)\)s/g, (all, name) => (names.includes(name) ? '' : all));
  return !rest.includes('%');
}

function isServerName(text: string): boolean {
  try {
    checkServerName(text, true);
    return true;
  } catch {
    return false;
  }
}
