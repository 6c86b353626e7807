"""Makes sure that nothing else writes: neither Synapse, nor another step, nor a program with the file open."""

import fcntl
import os
import struct
import time
from pathlib import Path
from typing import Any

import kubernetes_api
from matrix_migration import place
from matrix_migration.problem import Problem
from matrix_migration.settings import Settings

TRIES, PAUSE = 30, 2.0
#: The bytes that SQLite locks: every open connection in WAL mode, and every transaction, holds one of them.
FIRST, LENGTH = 0x40000000, 512


def stop_check(settings: Settings) -> None:
    """Fails unless Synapse is scaled to 0 and its pods are gone, and takes the lock of the volume."""
    gone(settings.synapse, f"deployments/{settings.synapse}")
    place.lock()
    for path in place.originals(settings):
        if not path.name.endswith("-wal") and in_use(path):
            raise Problem(f"{path} is in use: another program has it open; end it, and run this again")


def gone(app: str, path: str) -> None:
    """Fails unless a workload is scaled to 0, or does not exist, and waits until its pods are gone."""
    namespace = kubernetes_api.namespace()
    found = _get(f"/apis/apps/v1/namespaces/{namespace}/{path}")
    if found and found["spec"]["replicas"] != 0:
        kind = path.split("/", maxsplit=1)[0].removesuffix("s")
        raise Problem(
            f"{kind} {app} is not scaled to 0, and two writers would corrupt the data: "
            f"kubectl scale {kind} {app} --replicas=0 -n {namespace}, and run this again"
        )
    alive: list[str] = []
    for _ in range(TRIES):
        pods = _get(f"/api/v1/namespaces/{namespace}/pods?labelSelector=app%3D{app}")["items"]
        alive = [pod["metadata"]["name"] for pod in pods if pod["status"]["phase"] not in ("Succeeded", "Failed")]
        if not alive:
            return
        time.sleep(PAUSE)
    raise Problem(f"{', '.join(alive)} does not end: see kubectl describe pod {alive[0]} -n {namespace}")


def in_use(path: Path) -> bool:
    """Returns whether another process holds one of SQLite's locks on a file, without taking one."""
    asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, FIRST, LENGTH, 0)
    with path.open("rb") as file:
        answer = fcntl.fcntl(file, fcntl.F_GETLK, asked)
    return bool(struct.unpack("hhqqi4x", answer)[0] != fcntl.F_UNLCK)


def _get(path: str) -> Any:
    status, answer = kubernetes_api.call("GET", path)
    if status == 404:
        return None
    kubernetes_api.check(path, status, answer)
    return answer
