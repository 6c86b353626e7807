"""The claims that hold a system's data. Each is marked with the Secrets that belong to the data.

A Secret that is lost is not created anew beside its data: the mark is an annotation, which goes only with the claim.
"""

import dataclasses
import datetime
import time
from collections.abc import Iterable

import kubernetes_api

MARK = "oriso-matrix/secrets"
#: Age at which a claim without a mark may hold data: it may be of a version that did not mark claims.
OLD = datetime.timedelta(days=1)
#: Seconds to wait for claims, which are applied together with this program.
PATIENCE = 30


@dataclasses.dataclass(frozen=True)
class Claim:
    """A claim in the cluster."""

    name: str
    #: Secrets that belong to its data.
    secrets: frozenset[str]
    #: Whether it has no mark, and is so old that it may hold data.
    old: bool


def found(names: Iterable[str]) -> list[Claim]:
    """Returns the claims that exist."""
    return [claim for name in names if (claim := _get(name))]


def mark(names: Iterable[str], secrets: Iterable[str]) -> None:
    """Notes on each claim the Secrets that belong to its data. Those noted before stay."""
    end = time.monotonic() + PATIENCE
    for name in names:
        while (claim := _get(name)) is None and time.monotonic() < end:
            time.sleep(1)
        if claim is None:
            print(f"make-secrets: WARNING: claim {name} does not exist, so it is not marked with its Secrets")
        elif missing := set(secrets) - claim.secrets:
            noted = ",".join(sorted(claim.secrets | missing))
            body = {"metadata": {"annotations": {MARK: noted}}}
            path = kubernetes_api.core("persistentvolumeclaims", name)
            kubernetes_api.check(
                f"claim {name}", *kubernetes_api.call("PATCH", path, body, "application/merge-patch+json")
            )
            print(f"make-secrets: claim {name} is marked with {noted}")


def _get(name: str) -> Claim | None:
    status, answer = kubernetes_api.call("GET", kubernetes_api.core("persistentvolumeclaims", name))
    if status == 404:
        return None
    kubernetes_api.check(f"claim {name}", status, answer)
    meta = answer["metadata"]
    made = datetime.datetime.fromisoformat(meta["creationTimestamp"])
    secrets = (meta.get("annotations") or {}).get(MARK, "")
    old = not secrets and datetime.datetime.now(datetime.UTC) - made > OLD
    return Claim(name, frozenset(one for one in secrets.split(",") if one), old)
