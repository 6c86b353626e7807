"""The cluster that an operator makes from its backups for a drill. Only a drill's own cluster is ever removed."""

import json
import os
import time
from pathlib import Path
from typing import Any

import kubernetes_api
from matrix_backups.problem import Problem

#: The Cluster, as the deployment renders it.
MANIFEST = Path(__file__).with_name("drill-cluster.json")
PAUSE = 1.0
#: Seconds in which the operator begins, and in which a cluster is gone.
BEGUN, GONE = 300, 300
#: Attempts of the operator to recover that may fail, for example while the store is away for a moment.
FAILURES = 2


def owner() -> dict[str, Any]:
    """The pod of this drill. Once it is gone, Kubernetes removes what it owns, in any case."""
    names = {"name": os.environ["POD_NAME"], "uid": os.environ["POD_UID"]}
    return {"apiVersion": "v1", "kind": "Pod", **names, "controller": False, "blockOwnerDeletion": False}


def make() -> None:
    """Makes the cluster, after what a killed drill has left."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    name = manifest["metadata"]["name"]
    if remove(name):
        print(f"drill: cluster {name} of an earlier drill was left, and is removed", flush=True)
    _wait_for_claims(name)
    manifest["metadata"]["ownerReferences"] = [owner()]
    status, answer = kubernetes_api.call("POST", _path(), manifest)
    if status >= 300:
        raise Problem(f"cluster {name} could not be made: {status} {answer.get('message')}")


def wait(name: str) -> None:
    """Waits until the cluster serves. Fails when its recovery does."""
    begun, phase = time.monotonic(), ""
    while True:
        cluster = _get(name)
        if not cluster:
            raise Problem(f"cluster {name} was removed while it was recovered: run this job again")
        status = cluster.get("status", {})
        if any(one["type"] == "Ready" and one["status"] == "True" for one in status.get("conditions", [])):
            return
        if phase != (phase := status.get("phase", "")):
            print(f"drill: {name}: {phase}", flush=True)
        if not phase and time.monotonic() > begun + BEGUN:
            raise Problem(f"the operator has not begun to make cluster {name}: see its log in its namespace")
        if (failures := _failures(name)) >= FAILURES:
            raise Problem(
                f"the operator could not restore the backup of the database, in {failures} attempts: it is missing or "
                "broken. See docs/how-to/replicated-database.md#if-a-drill-fails"
            )
        time.sleep(PAUSE)


def secret(name: str) -> dict[str, Any]:
    """The data of a Secret that the operator has made for the cluster."""
    status, answer = kubernetes_api.call("GET", kubernetes_api.core("secrets", name))
    if status != 200:
        raise Problem(f"Secret {name} could not be read: {status} {answer.get('message')}")
    return dict(answer["data"])


def remove(name: str, by: str | None = None) -> bool:
    """Removes the cluster of a drill, or only that of one pod, and waits until its claims are gone too."""
    cluster = _get(name)
    labels = json.loads(MANIFEST.read_text(encoding="utf-8"))["metadata"]["labels"]
    if not cluster or (by and by not in [one["uid"] for one in cluster["metadata"].get("ownerReferences", [])]):
        return False
    if (there := cluster["metadata"].get("labels", {})) | labels != there:
        raise Problem(f"cluster {name} is not from a drill, so it is not removed: give it another name")
    # Not in the foreground: the operator would go on with a cluster that is still there, and make its pod anew.
    options = {"propagationPolicy": "Background", "preconditions": {"uid": cluster["metadata"]["uid"]}}
    status, answer = kubernetes_api.call("DELETE", _path(name), options)
    if status not in (200, 202, 404, 409):
        raise Problem(f"cluster {name} could not be removed: {status} {answer.get('message')}")
    _wait_for_claims(name)
    return True


def _wait_for_claims(name: str) -> None:
    """Waits until the claims are gone, and with them the pods: the operator would take over what is left."""
    end = time.monotonic() + GONE
    for claim in (f"{name}-1", f"{name}-1-wal"):
        while kubernetes_api.call("GET", kubernetes_api.core("persistentvolumeclaims", claim))[0] != 404:
            if time.monotonic() > end:
                raise Problem(f"claim {claim} of an earlier drill is not gone after {GONE} s: see kubectl describe")
            time.sleep(PAUSE)


def _path(*names: str) -> str:
    return "/".join((f"/apis/postgresql.cnpg.io/v1/namespaces/{kubernetes_api.namespace()}/clusters", *names))


def _get(name: str) -> dict[str, Any] | None:
    status, answer = kubernetes_api.call("GET", _path(name))
    if status == 404:
        return None
    if status != 200:
        raise Problem(f"cluster {name} could not be read: {status} {answer.get('message')}")
    return dict(answer)


def _failures(name: str) -> int:
    path = f"/apis/batch/v1/namespaces/{kubernetes_api.namespace()}/jobs/{name}-1-full-recovery"
    status, answer = kubernetes_api.call("GET", path)
    return int(answer.get("status", {}).get("failed", 0)) if status == 200 else 0
