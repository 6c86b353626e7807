"""Secrets of Kubernetes, read and changed from inside a pod."""

import base64
import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import kubernetes_api

#: The values of a Secret by key, in base64.
Data = dict[str, str]
#: Annotations that keep Argo CD and Flux from pruning what is made in the cluster and is not in Git.
KEPT = {
    "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
    "argocd.argoproj.io/compare-options": "IgnoreExtraneous",
    "kustomize.toolkit.fluxcd.io/prune": "disabled",
}


@dataclasses.dataclass(frozen=True)
class Secret:
    """A Secret in the cluster."""

    name: str
    data: Data
    version: str
    #: Kind of the object that owns the Secret and updates it.
    writer: str | None = None
    labels: dict[str, str] = dataclasses.field(default_factory=dict)


def get_secret(name: str) -> Secret | None:
    """Returns a Secret, or None if it does not exist."""
    status, answer = kubernetes_api.call("GET", kubernetes_api.core("secrets", name))
    if status == 404:
        return None
    kubernetes_api.check(f"Secret {name}", status, answer)
    meta = answer["metadata"]
    owners = meta.get("ownerReferences") or []
    return Secret(
        name,
        answer.get("data") or {},
        meta["resourceVersion"],
        owners[0]["kind"] if owners else None,
        meta.get("labels") or {},
    )


def create_secret(name: str, data: Data, labels: Mapping[str, str] | None = None) -> bool:
    """Creates a Secret. Returns False if another client created it first."""
    meta = {"name": name, "annotations": KEPT, **({"labels": labels} if labels else {})}
    body = {"apiVersion": "v1", "kind": "Secret", "type": "Opaque", "metadata": meta, "data": data}
    return _done(name, *kubernetes_api.call("POST", kubernetes_api.core("secrets"), body))


def patch_secret(found: Secret, data: Data, metadata: Mapping[str, Any] | None = None) -> bool:
    """Adds or replaces values and metadata. Returns False if another client changed the Secret since it was read."""
    # The API answers 409 when the resource version is outdated.
    body = {"metadata": {**(metadata or {}), "resourceVersion": found.version}, "data": data}
    return _done(
        found.name,
        *kubernetes_api.call("PATCH", kubernetes_api.core("secrets", found.name), body, "application/merge-patch+json"),
    )


def _done(name: str, status: int, answer: Any) -> bool:
    if status == 409:
        return False
    kubernetes_api.check(f"Secret {name}", status, answer)
    return True


def encoded(text: str) -> str:
    """Encodes text as a value of a Secret."""
    return base64.b64encode(text.encode()).decode()


def decoded(value: str) -> str:
    """Decodes a value of a Secret."""
    return base64.b64decode(value).decode()


def visible(folder: Path) -> list[str]:
    """Returns the names of files in a folder, without the hidden ones that Kubernetes adds to a Secret volume."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def values_in(folder: Path) -> Data:
    """Returns the files of a folder as values of a Secret."""
    return {name: base64.b64encode((folder / name).read_bytes()).decode() for name in visible(folder)}
