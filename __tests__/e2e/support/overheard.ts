/** Fields that no log may show, of requests and answers. */
const PRIVATE = /^(access_token|refresh_token|password|new_password|body|formatted_body|email|address|login_token)$/;
/** A shorter text, such as `one`, stands in a log by chance. */
const SHORTEST = 6;
const heard = new Set<string>();

/** Keeps the private values of JSON that a client sends or receives, and a token. */
export function overhear(json: unknown, token?: string): void {
  keep(token);
  JSON.stringify(json, (key, value) => {
    if (PRIVATE.test(key)) {
      keep(value);
    }
    return value instanceof Uint8Array ? undefined : value;
  });
}

/** Everything that clients of this test file have kept. */
export function overheard(): string[] {
  return [...heard];
}

function keep(value: unknown): void {
  if (typeof value === 'string' && value.length >= SHORTEST) {
    heard.add(value);
  }
}
