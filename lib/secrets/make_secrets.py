"""Makes the Secrets of the system that are missing, and never changes one that is there.

usage: make-secrets.py PLAN, a JSON list of {name, labels, comesFirst, keys: {KEY: {"value": …} | {"make": "password" | "signing-key"}}}
comesFirst: the Secret may be in a cluster before the system, as the password of the backups is where one is restored.
"""
import base64
import json
import sys

import kube
import new_values


def make(kind):
    if kind == "password":
        return new_values.password()
    if kind == "signing-key":
        return new_values.signing_key()
    raise SystemExit(f"make-secrets: cannot make '{kind}'")


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def value(source):
    return encoded(source["value"] if "value" in source else make(source["make"]))


def fill(secret, found):
    """Creates the Secret, or adds its missing keys; False if somebody else was quicker."""
    name, keys = secret["name"], secret["keys"]
    if found is None:
        body = {"apiVersion": "v1", "kind": "Secret", "type": "Opaque",
                "metadata": {"name": name, "labels": secret["labels"]}, "data": {k: value(s) for k, s in keys.items()}}
        status, answer = kube.call("POST", COLLECTION, body)
        done = list(keys)
    else:
        present = found.get("data") or {}
        if empty := [key for key in keys if key in present and not present[key]]:
            raise SystemExit(f"make-secrets: Secret {name} has no value for {', '.join(empty)}: fill it, or take the key away")
        done = [key for key in keys if key not in present]
        if not done:
            print(f"make-secrets: Secret {name} is complete, left as it is")
            return True
        # The version makes the API refuse when the Secret has changed since we looked.
        body = {"metadata": {"resourceVersion": found["metadata"]["resourceVersion"]}, "data": {k: value(keys[k]) for k in done}}
        status, answer = kube.call("PATCH", f"{COLLECTION}/{name}", body, "application/merge-patch+json")
    if status == 409:
        return False
    if status >= 300:
        raise SystemExit(f"make-secrets: Secret {name}: {status} {answer.get('message')}")
    print(f"make-secrets: Secret {name} got {', '.join(done)}")
    return True


def look(name):
    status, answer = kube.call("GET", f"{COLLECTION}/{name}")
    if status not in (200, 404):
        raise SystemExit(f"make-secrets: Secret {name}: {status} {answer.get('message')}")
    return answer if status == 200 else None


def lacks_identity(secret, found):
    wanted = {key for key, source in secret["keys"].items() if source.get("make") == "signing-key"}
    return bool(wanted - set((found or {}).get("data") or {}))


COLLECTION = f"/api/v1/namespaces/{kube.namespace()}/secrets"
with open(sys.argv[1]) as file:
    plan = json.load(file)

# The signing key comes first in the plan. Where other Secrets are there without it, this is no new system but one whose key
# is elsewhere: a second key would make other servers distrust it.
state = {secret["name"]: look(secret["name"]) for secret in plan}
for secret in plan:
    others = [one["name"] for one in plan if one["name"] != secret["name"] and not one.get("comesFirst")]
    if lacks_identity(secret, state[secret["name"]]) and any(state[name] for name in others):
        raise SystemExit(
            f"make-secrets: Secret {secret['name']} has no signing key, but the system is not new: other Secrets are there. No second "
            f"identity is made. Put the server's key there (kubectl create secret generic {secret['name']} "
            f"--from-file={next(iter(secret['keys']))}=FILE), or restore a backup, which brings it back")
for secret in plan:
    while not fill(secret, look(secret["name"])):
        print(f"make-secrets: Secret {secret['name']} has just changed, looking again")
