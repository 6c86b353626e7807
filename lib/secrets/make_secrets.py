"""Creates missing Secrets and missing keys. Never changes a key that exists.

usage: make_secrets.py PLAN, a JSON list of
{name, labels, annotations?, comesFirst?, keys: {KEY: {"value": …} | {"make": "password" | "signing-key"}}}
comesFirst: the Secret may exist before the system does, such as the backup password in a cluster for a restore.
"""

import json
import sys
from pathlib import Path
from typing import Any

import kubernetes_api
import new_values

#: A Secret in the plan.
Wanted = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Creates the Secrets of the plan."""
    try:
        make_all(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    except kubernetes_api.Refused as refused:
        raise SystemExit(f"make-secrets: {refused}") from None


def make_all(plan: list[Wanted]) -> None:
    """Checks all Secrets before the first change, so that an existing system never gets a second signing key."""
    found = {secret["name"]: kubernetes_api.get_secret(secret["name"]) for secret in plan}
    for secret in plan:
        others = [one["name"] for one in plan if one["name"] != secret["name"] and not one.get("comesFirst")]
        if lacks_signing_key(secret, found[secret["name"]]) and any(found[name] for name in others):
            raise SystemExit(
                f"make-secrets: Secret {secret['name']} has no signing key, but the system is not new: other Secrets "
                "exist. No second signing key is created, because other servers would not trust it. Add the server's "
                f"key (kubectl create secret generic {secret['name']} --from-file={next(iter(secret['keys']))}=FILE), "
                "or restore a backup, which contains it"
            )
    for secret in plan:
        while not fill(secret, kubernetes_api.get_secret(secret["name"])):
            print(f"make-secrets: Secret {secret['name']} was changed by another client, checking again")


def lacks_signing_key(secret: Wanted, found: kubernetes_api.Secret | None) -> bool:
    """Whether the plan would create a signing key."""
    wanted = {key for key, source in secret["keys"].items() if source.get("make") == "signing-key"}
    return bool(wanted - set(found.data if found else {}))


def fill(secret: Wanted, found: kubernetes_api.Secret | None) -> bool:
    """Creates the Secret or adds its missing keys. Returns False if another client changed it first."""
    name, keys = secret["name"], secret["keys"]
    if found is None:
        added = list(keys)
        data = {key: value(keys[key]) for key in added}
        metadata = {part: secret.get(part) for part in ("labels", "annotations")}
        done = kubernetes_api.create_secret(name, data, **metadata)
    else:
        if empty := [key for key in keys if found.data.get(key) == ""]:
            named = ", ".join(empty)
            raise SystemExit(f"make-secrets: Secret {name} has an empty {named}: set a value, or remove the key")
        added = [key for key in keys if key not in found.data]
        if not added:
            print(f"make-secrets: Secret {name} is complete and was not changed")
            return True
        done = kubernetes_api.patch_secret(found, {key: value(keys[key]) for key in added})
    if done:
        print(f"make-secrets: added to Secret {name}: {', '.join(added)}")
    return done


def value(source: dict[str, str]) -> str:
    """Returns the value from the plan, or a new one."""
    return kubernetes_api.encoded(source["value"] if "value" in source else make(source["make"]))


def make(kind: str) -> str:
    """Returns a new value of this kind."""
    if kind == "password":
        return new_values.password()
    if kind == "signing-key":
        return new_values.signing_key()
    raise SystemExit(f"make-secrets: '{kind}' is not a valid kind of secret: use password or signing-key")


if __name__ == "__main__":
    main(sys.argv[1:])
