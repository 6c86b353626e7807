"""Puts the signing key of the set into its Secret, uses up the choice, and lets PostgreSQL start again.

usage: restore-finish.py SECRET KEY CHOICE MARKER
"""
import base64
import os
import sys

import kube

secret, key, choice, marker = sys.argv[1:]
core = f"/api/v1/namespaces/{kube.namespace()}"
with open("/work/set") as file:
    chosen = file.read().strip()
with open(f"/work/signing.key") as file:
    wanted = base64.b64encode(file.read().encode()).decode()


def must(status, answer):
    if status >= 300:
        raise SystemExit(f"restore: Secret {secret}: {status} {answer.get('message')}")


status, found = kube.call("GET", f"{core}/secrets/{secret}")
if status == 404:
    must(*kube.call("POST", f"{core}/secrets", {
        "apiVersion": "v1", "kind": "Secret", "metadata": {"name": secret}, "type": "Opaque", "data": {key: wanted}}))
    print(f"restore: the signing key was missing and is back in Secret {secret}")
elif found.get("data", {}).get(key) == wanted:
    print("restore: the signing key is that of the set")
else:
    must(status, found)
    data = {key: wanted}
    if found.get("data", {}).get(key):
        data[f"{key}.before-{chosen}"] = found["data"][key]
    must(*kube.call("PATCH", f"{core}/secrets/{secret}", {
        "metadata": {"resourceVersion": found["metadata"]["resourceVersion"]}, "data": data}, "application/merge-patch+json"))
    print(f"restore: the signing key of the set is back in Secret {secret}; the other one is kept there as {key}.before-{chosen}")

os.remove(marker)
# A choice is for one restore.
status, answer = kube.call("DELETE", f"{core}/configmaps/{choice}")
if status not in (200, 404):
    print(f"restore: delete ConfigMap {choice} by hand, the next restore would use it again: {answer.get('message')}")
print(f"restore: done, set {chosen}. Now scale PostgreSQL and Synapse to 1")
