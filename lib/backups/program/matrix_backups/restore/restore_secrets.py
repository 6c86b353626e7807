"""Puts a Secret of a backup back, as far as it is wanted."""

from collections.abc import Mapping

import kubernetes_api
from kubernetes_api import Data
from matrix_backups.problem import Problem
from matrix_backups.settings import Restore


def put_back(restore: Restore, plan: Mapping[str, str], name: str, wanted: Data) -> None:
    """Makes the Secret when it is missing, and else adds and exchanges what may be."""
    found = kubernetes_api.get_secret(name)
    if found is None:
        if not kubernetes_api.create_secret(name, wanted):
            raise Problem(f"Secret {name} has just been made by another client: run this again")
        print(f"restore: Secret {name} was missing and is back")
        return
    chosen = plan.get("secrets") == "true"
    missing, other = _differences(restore, name, wanted, found.data, chosen)
    if not missing and not other:
        return
    changed = ", ".join({**missing, **other})
    if found.writer:
        print(
            f"restore: WARNING: Secret {name} differs from the backup in {changed}, and {found.writer} writes it. It "
            "is left"
            " as it is. If the server's signing key is that of the backup, put it where that comes from"
        )
        return
    aside = {f"{key}.before-{plan['set']}": found.data[key] for key in other}
    if not kubernetes_api.patch_secret(found, {**missing, **other, **aside}):
        raise Problem(f"Secret {name} has just been changed by another client: run this again")
    print(
        f"restore: Secret {name} has {changed} of the backup again; what was there is kept as KEY.before-{plan['set']}"
    )


def _differences(restore: Restore, name: str, wanted: Data, present: Data, chosen: bool) -> tuple[Data, Data]:
    """(what is missing, what is exchanged)"""
    missing = {key: value for key, value in wanted.items() if key not in present}
    other = {key: value for key, value in wanted.items() if present.get(key, value) != value}
    signing = {key for key in wanted if f"{name}/{key}" in restore.signing_keys}
    if _rotated(restore, name, wanted, present):
        print(f"restore: Secret {name} keeps its signing key, which took the place of that of the backup")
        missing, other = (
            {key: value for key, value in some.items() if key not in signing} for some in (missing, other)
        )
    if name in restore.database_secrets:
        return missing, {}
    if chosen:
        return missing, other
    if kept := sorted(set(other) - signing):
        print(
            f"restore: Secret {name} holds other values than the backup for {', '.join(kept)}, and keeps them; with "
            "secrets=true"
            " in the choice it would get those of the backup"
        )
    return missing, {key: value for key, value in other.items() if key in signing}


def _rotated(restore: Restore, name: str, wanted: Data, present: Data) -> bool:
    """Whether the signing key of the backup was rotated since, which keeps it beside the new one."""
    secret, key = restore.signing_keys[0].split("/")
    beside = [value for one, value in present.items() if one.startswith(f"{key}.ed25519-")]
    return name == secret and key in wanted and wanted[key] in beside
