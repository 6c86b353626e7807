"""Lets a restore begin only when nothing else writes: Synapse and PostgreSQL are scaled to 0 and gone.

usage: restore-check.py DEPLOYMENT STATEFULSET
"""
import sys
import time

import kube

deployment, statefulset = sys.argv[1:]
base = f"/apis/apps/v1/namespaces/{kube.namespace()}"


def get(path):
    status, answer = kube.call("GET", path)
    if status != 200:
        raise SystemExit(f"restore: {path}: {status} {answer.get('message')}")
    return answer


for kind, name in (("deployments", deployment), ("statefulsets", statefulset)):
    if get(f"{base}/{kind}/{name}")["spec"]["replicas"] != 0:
        raise SystemExit(
            f"restore: {kind}/{name} is not scaled to 0, and a restore under a running system would destroy it. Nothing was changed. Run\n"
            f"  kubectl scale deployment/{deployment} statefulset/{statefulset} --replicas=0 -n {kube.namespace()}\nand then this job again")

for _ in range(60):
    pods = get(f"/api/v1/namespaces/{kube.namespace()}/pods?labelSelector=app%20in%20({deployment},{statefulset})")["items"]
    alive = [pod["metadata"]["name"] for pod in pods if pod["status"]["phase"] not in ("Succeeded", "Failed")]
    if not alive:
        break
    print(f"restore: waiting until {', '.join(alive)} is gone", flush=True)
    time.sleep(2)
else:
    raise SystemExit(f"restore: {', '.join(alive)} did not end within two minutes. Nothing was changed; see kubectl describe pod")
