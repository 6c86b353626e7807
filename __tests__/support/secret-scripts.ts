import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Data of a Secret, as text. */
export interface SecretData {
  readonly [key: string]: string;
}

/** What Kubernetes is to a script here: Secrets in a file, of which each change makes another version. Asked to `meddle` somebody else is quicker once. */
const KUBE = `
import json
PATH = "secrets.json"
def namespace(): return "here"
def load():
    with open(PATH) as file: return json.load(file)
def save(state):
    with open(PATH, "w") as file: json.dump(state, file)
def call(method, path, body=None, content_type=""):
    state = load()
    name = path.rsplit("/", 1)[1]
    state["calls"].append(f"{method} {name}")
    found = state["secrets"].get(name)
    answer = 200, found
    if state.get("refuse") == method: answer = 403, {"message": "forbidden"}
    elif method == "DELETE": answer = 404, {}
    elif method == "POST":
        made = {"metadata": {"resourceVersion": "1", "labels": body["metadata"].get("labels")}, "data": body["data"]}
        if state.pop("meddle", None): made["data"] = {next(iter(body["data"])): "c29tZWJvZHkgZWxzZQ=="}; answer = 409, {"message": "exists"}
        state["secrets"][body["metadata"]["name"]] = made
    elif found is None: answer = 404, {"message": "not found"}
    elif method == "PATCH":
        if state.pop("meddle", None): found["metadata"]["resourceVersion"] += "x"
        if body["metadata"]["resourceVersion"] != found["metadata"]["resourceVersion"]: answer = 409, {"message": "conflict"}
        else:
            found["data"].update(body["data"])
            found["metadata"]["resourceVersion"] += "y"
    save(state)
    return answer
`;
/** Keys that show what they are: the public part of "seed" is "public of seed". */
const SIGNEDJSON = `
class Key:
    def __init__(self, version, seed): self.alg, self.version, self.seed = "ed25519", version, seed
count = 0
def generate_signing_key(version):
    global count
    count += 1
    return Key(version, f"new{count}")
def write_signing_keys(stream, keys):
    for key in keys: stream.write(f"{key.alg} {key.version} {key.seed}\\n")
def decode_signing_key_base64(algorithm, version, seed): return Key(version, seed)
def get_verify_key(key): return key
def encode_verify_key_base64(key): return f"public of {key.seed}"
`;
const encoded = (data: SecretData, code: (text: string) => string) =>
  Object.fromEntries(Object.entries(data).map(([key, text]) => [key, code(text)]));

/** Runs a Python script of ours on Secrets. */
export class SecretScript {
  public readonly folder = mkdtempSync(join(tmpdir(), 'secret-script-'));

  /** @param files the script, and the modules of ours that it needs. */
  constructor(...files: string[]) {
    const stand: { [name: string]: string } = {
      'kube.py': KUBE,
      'signedjson_key.py': SIGNEDJSON,
      'signedjson.py':
        'import sys, signedjson_key\nsys.modules["signedjson.key"] = signedjson_key\nkey = signedjson_key\n',
      'yaml.py': 'import json\ndef safe_load(text): return json.loads(text) if text else None\n',
    };
    for (const [name, text] of Object.entries(stand)) {
      writeFileSync(join(this.folder, name), text);
    }
    for (const file of files) {
      writeFileSync(join(this.folder, basename(file)), readFileSync(join(__dirname, '../../lib', file)));
    }
    this.put({});
  }

  /** @param how `writer`: the kind of what owns the Secrets, and writes them. */
  public put(
    secrets: { [name: string]: SecretData },
    how: { meddle?: boolean; refuse?: string; writer?: string } = {},
  ): void {
    const ownerReferences = how.writer ? [{ kind: how.writer }] : undefined;
    const all = Object.entries(secrets).map(([name, data]) => [
      name,
      {
        metadata: { resourceVersion: '1', ownerReferences },
        data: encoded(data, (text) => Buffer.from(text).toString('base64')),
      },
    ]);
    writeFileSync(
      join(this.folder, 'secrets.json'),
      JSON.stringify({ secrets: Object.fromEntries(all), calls: [], ...how }),
    );
  }

  /** The data of a Secret. */
  public data(name: string): SecretData {
    return encoded(this.state().secrets[name].data, (text) => Buffer.from(text, 'base64').toString());
  }

  /** What was asked of Kubernetes. */
  public calls(): string[] {
    return this.state().calls;
  }

  public run(script: string, ...args: string[]): { status: number | null; said: string } {
    const { status, stdout, stderr } = spawnSync('python3', [join(this.folder, script), ...args], {
      encoding: 'utf8',
      cwd: this.folder,
      env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1' },
    });
    return { status, said: stdout + stderr };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private state() {
    return JSON.parse(readFileSync(join(this.folder, 'secrets.json'), 'utf8'));
  }
}
