"""Creates missing Secrets and missing keys. Never changes a key that exists.

usage: make_secrets.py PLAN CLAIMS, lists in JSON. CLAIMS names the claims with the data of the system; PLAN has
{name, labels, comesFirst?, irreplaceable?, keys: {KEY: {"value": …} | {"make": "password" | "signing-key"}}}
comesFirst: the Secret may exist before the system does, such as the backup password in a cluster for a restore.
irreplaceable: the data needs this Secret, so none is created beside data that was used with one.
"""

import json
import sys
from pathlib import Path
from typing import Any

import data_claims
import kubernetes_api
import kubernetes_secrets
import new_values

#: A Secret in the plan.
Wanted = dict[str, Any]
Found = dict[str, kubernetes_secrets.Secret | None]
RESTORE = "docs/operations/restore.md#secrets-are-lost"
#: Why a second value would do harm, by whether it is a signing key.
HARM = {True: "other servers would not trust it", False: "it could not open what the lost one has encrypted"}
#: Labels of Secrets that earlier versions made, by which Argo CD would take them for objects removed from Git.
TRACKING = ("app.kubernetes.io/instance", "app.kubernetes.io/managed-by")


def main(arguments: list[str]) -> None:
    """Creates the Secrets of the plan."""
    try:
        make_all(*(json.loads(Path(path).read_text(encoding="utf-8")) for path in arguments))
    except kubernetes_api.Refused as refused:
        raise SystemExit(f"make-secrets: {refused}") from None


def make_all(secrets: list[Wanted], claims: list[str]) -> None:
    """Checks all Secrets before the first change, so that an existing system never gets a second identity."""
    found = {secret["name"]: kubernetes_secrets.get_secret(secret["name"]) for secret in secrets}
    there = data_claims.found(claims)
    for secret in secrets:
        check(secret, found, there, [one["name"] for one in secrets if not one.get("comesFirst")])
    for secret in secrets:
        while not fill(secret, kubernetes_secrets.get_secret(secret["name"])):
            print(f"make-secrets: Secret {secret['name']} was changed by another client, checking again")
    data_claims.mark(claims, [secret["name"] for secret in secrets if secret.get("irreplaceable")])


def check(secret: Wanted, found: Found, claims: list[data_claims.Claim], companions: list[str]) -> None:
    """Fails when an irreplaceable value is missing although the system is not new."""
    name, present = secret["name"], found[secret["name"]]
    missing = [key for key in secret["keys"] if not present or key not in present.data]
    if not secret.get("irreplaceable") or not missing:
        return
    key = missing[0]
    identity = secret["keys"][key].get("make") == "signing-key"
    what = "signing key" if identity else "password"
    reasons = []
    if identity and any(found[one] for one in companions if one != name):
        reasons.append("other Secrets exist")
    if used := ", ".join(one.name for one in claims if name in one.secrets):
        reasons.append(f"the data on {used} was used with one")
    # The age of a claim tells that there was a system, but not which Secrets it had.
    if not any(found.values()) and (old := ", ".join(one.name for one in claims if one.old)):
        reasons.append(f"there are claims of more than a day, {old} (delete them if the system never ran)")
    if reasons:
        raise SystemExit(
            f"make-secrets: Secret {name} has no {what}, but the system is not new: {'; '.join(reasons)}. No second "
            f"{what} is created, because {HARM[identity]}. Restore the Secrets ({RESTORE}), or add the one that was "
            f"saved (kubectl create secret generic {name} --from-file={key}=FILE)"
        )


def fill(secret: Wanted, found: kubernetes_secrets.Secret | None) -> bool:
    """Creates the Secret or adds its missing keys. Returns False if another client changed it first."""
    name, keys = secret["name"], secret["keys"]
    if found is None:
        added = list(keys)
        done = kubernetes_secrets.create_secret(name, {key: value(keys[key]) for key in added}, secret["labels"])
    else:
        if empty := [key for key in keys if found.data.get(key) == ""]:
            named = ", ".join(empty)
            raise SystemExit(f"make-secrets: Secret {name} has an empty {named}: set a value, or remove the key")
        added = [key for key in keys if key not in found.data]
        metadata = untracked(secret, found)
        if not added and not metadata:
            print(f"make-secrets: Secret {name} is complete and was not changed")
            return True
        done = kubernetes_secrets.patch_secret(found, {key: value(keys[key]) for key in added}, metadata)
        if done and metadata:
            print(f"make-secrets: Secret {name} is no longer labelled as an object of a GitOps tool")
    if done and added:
        print(f"make-secrets: added to Secret {name}: {', '.join(added)}")
    return done


def untracked(secret: Wanted, found: kubernetes_secrets.Secret) -> dict[str, Any]:
    """Returns the change of metadata that a Secret of an earlier version needs; empty for all others."""
    ours = secret["labels"].items() <= found.labels.items() and found.labels.get(TRACKING[1]) == "cdk8s"
    return {"labels": dict.fromkeys(TRACKING), "annotations": kubernetes_secrets.KEPT} if ours else {}


def value(source: dict[str, str]) -> str:
    """Returns the value from the plan, or a new one."""
    return kubernetes_secrets.encoded(source["value"] if "value" in source else make(source["make"]))


def make(kind: str) -> str:
    """Returns a new value of this kind."""
    if kind == "password":
        return new_values.password()
    if kind == "signing-key":
        return new_values.signing_key()
    raise SystemExit(f"make-secrets: '{kind}' is not a valid kind of secret: use password or signing-key")


if __name__ == "__main__":
    main(sys.argv[1:])
