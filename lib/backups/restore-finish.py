"""Puts the signing key of the set into its Secret, uses up the choice, and lets PostgreSQL start again.

usage: restore-finish.py SECRET KEY CHOICE MARKER
"""
import base64
import os
import sys

import kube

secret, key, choice, marker = sys.argv[1:]
core = f"/api/v1/namespaces/{kube.namespace()}"


def must(status, answer):
    if status >= 300:
        raise SystemExit(f"restore: Secret {secret}: {status} {answer.get('message')}")


def put_key_back(chosen, wanted):
    status, found = kube.call("GET", f"{core}/secrets/{secret}")
    if status == 404:
        must(*kube.call("POST", f"{core}/secrets", {
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": secret}, "type": "Opaque", "data": {key: wanted}}))
        print(f"restore: the signing key was missing and is back in Secret {secret}")
        return
    must(status, found)
    other = found.get("data", {}).get(key)
    if other == wanted:
        print("restore: the signing key is that of the set")
    elif found["metadata"].get("ownerReferences"):
        print(f"restore: WARNING: Secret {secret} holds another signing key than the set, and {found['metadata']['ownerReferences'][0]['kind']} "
              f"writes it. It is left as it is. If the server's identity is the set's, put the key from /backup/sets/{chosen}/signing.key there")
    else:
        data = {key: wanted, **({f"{key}.before-{chosen}": other} if other else {})}
        must(*kube.call("PATCH", f"{core}/secrets/{secret}", {
            "metadata": {"resourceVersion": found["metadata"]["resourceVersion"]}, "data": data}, "application/merge-patch+json"))
        print(f"restore: the signing key of the set is back in Secret {secret}; the other one is kept there as {key}.before-{chosen}")


chosen = None
if os.path.exists("/handover/set"):
    with open("/handover/set") as file:
        chosen = file.read().strip()
    with open("/handover/signing.key") as file:
        put_key_back(chosen, base64.b64encode(file.read().encode()).decode())
    os.remove(marker)
# A choice is for one restore.
status, answer = kube.call("DELETE", f"{core}/configmaps/{choice}")
if status not in (200, 404):
    print(f"restore: delete ConfigMap {choice} by hand, the next restore would use it again: {answer.get('message')}")
print(f"restore: done, {f'set {chosen}' if chosen else 'undone'}. Now scale PostgreSQL and Synapse to 1")
