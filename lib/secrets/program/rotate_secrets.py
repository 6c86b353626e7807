"""Replaces secrets by new values.

One request changes all keys of a rotation or none, so it can run again at any time.

usage: rotate_secrets.py PLAN WHAT; the plan is JSON,
{WHAT: {secret, passwords: [KEY, …], effect} | {secret, signingKey, oldSigningKeys, effect}}
Old values are not kept, except for signing keys. Their public parts go into the file of old keys, with which other
servers verify earlier events. The old keys themselves stay in the Secret as KEY.ed25519-VERSION.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import kubernetes_api
import kubernetes_secrets
import new_values
from kubernetes_secrets import Data, decoded, encoded

#: Seconds until Synapse has restarted; until then it signs with the old key.
GRACE = 600


def main(arguments: list[str]) -> None:
    """Runs one rotation of the plan."""
    path, what = arguments
    plan = json.loads(Path(path).read_text(encoding="utf-8"))[what]
    try:
        while not rotate(plan):
            print(f"rotate: Secret {plan['secret']} was changed by another client, trying again")
    except kubernetes_api.Refused as refused:
        raise SystemExit(f"rotate: {refused}") from None


def rotate(plan: dict[str, Any]) -> bool:
    """Replaces the values. Returns False if another client changed the Secret first."""
    name = plan["secret"]
    found = kubernetes_secrets.get_secret(name)
    if found is None:
        raise SystemExit(f"rotate: Secret {name} does not exist: run this in the namespace of the running system")
    if missing := [key for key in plan.get("passwords", [plan.get("signingKey")]) if not found.data.get(key)]:
        named = ", ".join(missing)
        raise SystemExit(
            f"rotate: Secret {name} has no {named} to replace: run this in the namespace of the running system"
        )
    new = new_data(found.data, plan)
    if not kubernetes_secrets.patch_secret(found, {key: encoded(text) for key, text in new.items()}):
        return False
    print(f"rotate: Secret {name} has a new {', '.join(new)}. It is reloaded within two minutes. {plan['effect']}")
    return True


def new_data(data: Data, plan: dict[str, Any]) -> dict[str, str]:
    """Returns the new values."""
    if "signingKey" in plan:
        return with_new_signing_key(data, plan["signingKey"], plan["oldSigningKeys"])
    return {key: new_values.password() for key in plan["passwords"]}


def with_new_signing_key(data: Data, key: str, old: str) -> dict[str, str]:
    """Returns a new key, the old ones, and the file with their public parts and the time when they expire."""
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
    # JSON is valid YAML.
    return {key: new, old: json.dumps({"old_signing_keys": known}, indent=2) + "\n", **kept}


if __name__ == "__main__":
    main(sys.argv[1:])
