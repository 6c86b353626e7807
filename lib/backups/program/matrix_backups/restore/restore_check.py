"""`restore check`: lets a restore begin only when the pods of Synapse and PostgreSQL are gone."""

import time
from typing import Any

import kubernetes_api
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings

TRIES = 60
PAUSE = 2.0


def run(settings: Settings) -> None:
    """Fails when a workload is not scaled to 0, and waits until its pods are gone."""
    workloads = {f"deployments/{settings.synapse.workload}": settings.synapse.workload}
    # They would go on with what they know of the database as it was.
    for kind, worker in (one.split("/") for one in settings.synapse.workers):
        workloads[f"{kind}s/{worker}"] = worker
    if settings.database:
        workloads[f"statefulsets/{settings.database.workload}"] = settings.database.workload
    namespace = kubernetes_api.namespace()
    for path in workloads:
        if _get(f"/apis/apps/v1/namespaces/{namespace}/{path}")["spec"]["replicas"] != 0:
            everything = " ".join(one.replace("s/", "/", 1) for one in workloads)
            raise Problem(
                f"{path} is not scaled to 0, and a restore under a running system would destroy it. Nothing was "
                "changed. Run\n"
                f"  kubectl scale {everything} --replicas=0 -n {namespace}\nand then run this job again"
            )
    selector = f"app%20in%20({','.join(workloads.values())})"
    alive: list[str] = []
    for _ in range(TRIES):
        pods = _get(f"/api/v1/namespaces/{namespace}/pods?labelSelector={selector}")["items"]
        alive = [pod["metadata"]["name"] for pod in pods if pod["status"]["phase"] not in ("Succeeded", "Failed")]
        if not alive:
            return
        print(f"restore: waiting until {', '.join(alive)} is gone", flush=True)
        time.sleep(PAUSE)
    raise Problem(f"{', '.join(alive)} did not end within two minutes. Nothing was changed; see kubectl describe pod")


def _get(path: str) -> Any:
    status, answer = kubernetes_api.call("GET", path)
    if status != 200:
        raise Problem(f"Kubernetes did not show {path}: {status} {answer.get('message')}. Nothing was changed")
    return answer
