"""Puts the signing key of the set into its Secret, and other Secrets that are missing; uses up the choice, and lets PostgreSQL start again.

usage: restore-finish.py SIGNING_SECRET/KEY[,SECRET/KEY of earlier ones] PASSWORD_SECRET,… CHOICE MARKER PREDECESSORS RECEIVED
A signing key that was rotated since the set was made stays: among the earlier ones, which it is now, other servers believe it no more.
Secrets of the set that are there already stay, unless the choice was `secrets`. Passwords of the database always do: the restored one has them.
"""
import base64
import os
import shutil
import sys

import kube

identity, passwords, choice, marker, predecessors, received = sys.argv[1:]
identity = identity.split(",")
core = f"/api/v1/namespaces/{kube.namespace()}"


def must(name, status, answer):
    if status >= 300:
        raise SystemExit(f"restore: Secret {name}: {status} {answer.get('message')}")
    return answer


def visible(folder):
    """Without what Kubernetes hides in a volume of Secrets."""
    return sorted(name for name in os.listdir(folder) if not name.startswith("."))


def keys_of(name):
    folder = f"/handover/secrets/{name}"
    for key in visible(folder):
        with open(f"{folder}/{key}", "rb") as file:
            yield key, base64.b64encode(file.read()).decode()


def rotated(name, wanted, present):
    """Whether the signing key of the set was rotated since, which keeps it beside the new one; see rotate-secrets.py."""
    secret, key = identity[0].split("/")
    return name == secret and key in wanted and any(value == wanted[key] for one, value in present.items() if one.startswith(f"{key}.ed25519-"))


def put_back(name, plan):
    wanted = dict(keys_of(name))
    status, found = kube.call("GET", f"{core}/secrets/{name}")
    if status == 404:
        body = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "type": "Opaque", "data": wanted}
        must(name, *kube.call("POST", f"{core}/secrets", body))
        print(f"restore: Secret {name} was missing and is back")
        return
    present = must(name, status, found).get("data") or {}
    missing = {key: value for key, value in wanted.items() if key not in present}
    other = {key: value for key, value in wanted.items() if present.get(key, value) != value}
    if rotated(name, wanted, present):
        print(f"restore: Secret {name} keeps its signing key, which took the place of that of the set")
        missing, other = ({key: value for key, value in some.items() if f"{name}/{key}" not in identity} for some in (missing, other))
    if name in passwords.split(","):
        other = {}
    elif plan.get("secrets") != "true":
        kept = sorted(key for key in other if f"{name}/{key}" not in identity)
        other = {key: value for key, value in other.items() if f"{name}/{key}" in identity}
        if kept:
            print(f"restore: Secret {name} holds other values than the set for {', '.join(kept)}, and keeps them; with secrets=true in the choice it would get those of the set")
    owners = found["metadata"].get("ownerReferences")
    if owners and (missing or other):
        print(f"restore: WARNING: Secret {name} differs from the set in {', '.join({**missing, **other})}, and {owners[0]['kind']} writes it. It is left"
              " as it is. If the server's identity is the set's, put it where that comes from")
        return
    if missing or other:
        data = {**missing, **other, **{f"{key}.before-{plan['set']}": present[key] for key in other}}
        body = {"metadata": {"resourceVersion": found["metadata"]["resourceVersion"]}, "data": data}
        must(name, *kube.call("PATCH", f"{core}/secrets/{name}", body, "application/merge-patch+json"))
        print(f"restore: Secret {name} has {', '.join({**missing, **other})} of the set again; what was there is kept as KEY.before-{plan['set']}")


with open("/handover/plan", encoding="utf-8") as file:
    plan = dict(line.strip().split("=", 1) for line in file)
if os.path.exists("/handover/restored"):
    for name in visible("/handover/secrets"):
        put_back(name, plan)
    # From now on this installation writes to the repository in the place of those.
    with open("/handover/predecessors", encoding="utf-8") as file, open(predecessors, "a", encoding="utf-8") as known:
        known.write(file.read())
    os.remove(marker)
# Log that was brought from a receiver is in the database, or not wanted any more.
shutil.rmtree(received, ignore_errors=True)
# A choice is for one restore.
status, answer = kube.call("DELETE", f"{core}/configmaps/{choice}")
if status not in (200, 404):
    print(f"restore: delete ConfigMap {choice} by hand, the next restore would use it again: {answer.get('message')}")
print(f"restore: done, {plan.get('set', 'undone')}. Now scale PostgreSQL and Synapse to 1")
