"""Restores a Secret from a backup, as far as the choice asks for it."""

from collections.abc import Mapping

import kubernetes_secrets
from kubernetes_secrets import Data
from matrix_backups.problem import Problem
from matrix_backups.settings import Restore


def put_back(restore: Restore, plan: Mapping[str, str], name: str, wanted: Data) -> None:
    """Creates the Secret when it is missing, and otherwise adds or replaces the keys that may be."""
    found = kubernetes_secrets.get_secret(name)
    if found is None:
        if not kubernetes_secrets.create_secret(name, wanted):
            raise Problem(f"Secret {name} was created by another client at the same time: run this job again")
        print(f"restore: Secret {name} was missing and is restored")
        return
    chosen = plan.get("secrets") == "true"
    missing, other = _differences(restore, name, wanted, found.data, chosen)
    if not missing and not other:
        return
    changed = ", ".join({**missing, **other})
    if found.writer:
        print(
            f"restore: WARNING: Secret {name} differs from the backup in {changed}, but {found.writer} manages it, "
            "so it is unchanged. To use the signing key of the backup, put it into the source of the Secret"
        )
        return
    aside = {f"{key}.before-{plan['set']}": found.data[key] for key in other}
    if not kubernetes_secrets.patch_secret(found, {**missing, **other, **aside}):
        raise Problem(f"Secret {name} was changed by another client at the same time: run this job again")
    print(f"restore: Secret {name}: restored {changed}; replaced values are kept as KEY.before-{plan['set']}")


def _differences(restore: Restore, name: str, wanted: Data, present: Data, chosen: bool) -> tuple[Data, Data]:
    """(keys to add, keys to replace)"""
    missing = {key: value for key, value in wanted.items() if key not in present}
    other = {key: value for key, value in wanted.items() if present.get(key, value) != value}
    signing = {key for key in wanted if f"{name}/{key}" in restore.signing_keys}
    if _rotated(restore, name, wanted, present):
        print(f"restore: Secret {name} keeps its signing key, which has replaced the one in the backup")
        missing, other = (
            {key: value for key, value in some.items() if key not in signing} for some in (missing, other)
        )
    if name in restore.database_secrets:
        return missing, {}
    if chosen:
        return missing, other
    if kept := sorted(set(other) - signing):
        print(
            f"restore: Secret {name} keeps its values for {', '.join(kept)}, which differ from the backup; to restore "
            "those of the backup, set secrets=true in the choice"
        )
    return missing, {key: value for key, value in other.items() if key in signing}


def _rotated(restore: Restore, name: str, wanted: Data, present: Data) -> bool:
    """Whether the signing key of the backup was rotated since: a rotation keeps it beside the new one."""
    secret, key = restore.signing_keys[0].split("/")
    beside = [value for one, value in present.items() if one.startswith(f"{key}.ed25519-")]
    return name == secret and key in wanted and wanted[key] in beside
