"""Makes the Secrets of the system that are missing, and never changes one that is there.

usage: make_secrets.py PLAN, a JSON list of
{name, labels, annotations?, comesFirst?, keys: {KEY: {"value": …} | {"make": "password" | "signing-key"}}}
comesFirst: the Secret may be in a cluster before the system, as the password of the backups is where one is restored.
"""

import json
import sys
from pathlib import Path
from typing import Any

import kubernetes_api
import new_values

#: A Secret of the plan.
Wanted = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Makes what the plan wants."""
    try:
        make_all(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    except kubernetes_api.Refused as refused:
        raise SystemExit(f"make-secrets: {refused}") from None


def make_all(plan: list[Wanted]) -> None:
    """Looks at all of them first: no signing key is made for a system that has one elsewhere."""
    found = {secret["name"]: kubernetes_api.get_secret(secret["name"]) for secret in plan}
    for secret in plan:
        others = [one["name"] for one in plan if one["name"] != secret["name"] and not one.get("comesFirst")]
        if lacks_signing_key(secret, found[secret["name"]]) and any(found[name] for name in others):
            raise SystemExit(
                f"make-secrets: Secret {secret['name']} has no signing key, but the system is not new: other Secrets "
                "are there. "
                "No second signing key is made, which other servers would distrust. Put the server's key there "
                f"(kubectl create secret generic {secret['name']} --from-file={next(iter(secret['keys']))}=FILE), or "
                "restore a "
                "backup, which brings it back"
            )
    for secret in plan:
        while not fill(secret, kubernetes_api.get_secret(secret["name"])):
            print(f"make-secrets: Secret {secret['name']} has just changed, looking again")


def lacks_signing_key(secret: Wanted, found: kubernetes_api.Secret | None) -> bool:
    """Whether one would be made."""
    wanted = {key for key, source in secret["keys"].items() if source.get("make") == "signing-key"}
    return bool(wanted - set(found.data if found else {}))


def fill(secret: Wanted, found: kubernetes_api.Secret | None) -> bool:
    """Creates the Secret, or adds its missing keys; False if another client was quicker."""
    name, keys = secret["name"], secret["keys"]
    if found is None:
        added = list(keys)
        data = {key: value(keys[key]) for key in added}
        metadata = {part: secret.get(part) for part in ("labels", "annotations")}
        done = kubernetes_api.create_secret(name, data, **metadata)
    else:
        if empty := [key for key in keys if found.data.get(key) == ""]:
            named = ", ".join(empty)
            raise SystemExit(f"make-secrets: Secret {name} has no value for {named}: fill it, or take the key away")
        added = [key for key in keys if key not in found.data]
        if not added:
            print(f"make-secrets: Secret {name} is complete, left as it is")
            return True
        done = kubernetes_api.patch_secret(found, {key: value(keys[key]) for key in added})
    if done:
        print(f"make-secrets: Secret {name} got {', '.join(added)}")
    return done


def value(source: dict[str, str]) -> str:
    """The value that the plan gives or wants made."""
    return kubernetes_api.encoded(source["value"] if "value" in source else make(source["make"]))


def make(kind: str) -> str:
    """A new value."""
    if kind == "password":
        return new_values.password()
    if kind == "signing-key":
        return new_values.signing_key()
    raise SystemExit(f"make-secrets: '{kind}' cannot be made: use password or signing-key")


if __name__ == "__main__":
    main(sys.argv[1:])
