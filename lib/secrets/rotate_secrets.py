"""Puts a new value in the place of a secret. One request changes all keys of a rotation or none, so that it can be run again at any time.

usage: rotate-secrets.py PLAN WHAT; the plan is JSON, {WHAT: {secret, passwords: [KEY, …], effect} | {secret, signingKey, oldSigningKeys, effect}}
Old values are not kept, but for signing keys: their public parts in the file of old keys, by which other servers check what was said
before, and the keys themselves beside the new one, as KEY.ed25519-VERSION.
"""
import base64
import json
import sys
import time

import kube
import new_values

#: Synapse signs with the key that it was started with until it has started anew.
GRACE = 600


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def decoded(value):
    return base64.b64decode(value).decode()


def with_new_signing_key(data, key, old):
    import yaml
    from signedjson.key import decode_signing_key_base64, encode_verify_key_base64, get_verify_key

    known = (yaml.safe_load(decoded(data.get(old, ""))) or {}).get("old_signing_keys") or {}
    kept, now = {}, int(time.time() * 1000)
    for line in decoded(data[key]).splitlines():
        algorithm, version, seed = line.split()
        public = encode_verify_key_base64(get_verify_key(decode_signing_key_base64(algorithm, version, seed)))
        known[f"{algorithm}:{version}"] = {"key": public, "expired_ts": now + GRACE * 1000}
        kept[f"{key}.{algorithm}-{version}"] = f"{line}\n"
    new = new_values.signing_key({name.split(":")[1] for name in known})
    # What is JSON is YAML too.
    return {key: new, old: json.dumps({"old_signing_keys": known}, indent=2) + "\n", **kept}


def changes(data, plan):
    if "signingKey" in plan:
        return with_new_signing_key(data, plan["signingKey"], plan["oldSigningKeys"])
    return {key: new_values.password() for key in plan["passwords"]}


def rotate(plan):
    """False if somebody else has changed the Secret in the meantime."""
    name = plan["secret"]
    path = f"/api/v1/namespaces/{kube.namespace()}/secrets/{name}"
    status, found = kube.call("GET", path)
    if status >= 300:
        raise SystemExit(f"rotate: Secret {name}: {status} {found.get('message')}")
    data = found.get("data") or {}
    if missing := [key for key in plan.get("passwords", [plan.get("signingKey")]) if not data.get(key)]:
        raise SystemExit(f"rotate: Secret {name} has no {', '.join(missing)} to put a new one in the place of: is this the running system?")
    new = changes(data, plan)
    # The version makes the API refuse when the Secret has changed since we looked.
    body = {"metadata": {"resourceVersion": found["metadata"]["resourceVersion"]}, "data": {key: encoded(text) for key, text in new.items()}}
    status, answer = kube.call("PATCH", path, body, "application/merge-patch+json")
    if status == 409:
        return False
    if status >= 300:
        raise SystemExit(f"rotate: Secret {name}: {status} {answer.get('message')}")
    print(f"rotate: Secret {name} has a new {', '.join(new)}. What reads it takes it over within two minutes. {plan['effect']}")
    return True


with open(sys.argv[1]) as file:
    chosen = json.load(file)[sys.argv[2]]
while not rotate(chosen):
    print(f"rotate: Secret {chosen['secret']} has just changed, looking again")
