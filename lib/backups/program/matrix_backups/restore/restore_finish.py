"""`restore finish`: restores Secrets, deletes the choice, and lets PostgreSQL start again.

The signing key and missing Secrets are restored. If the signing key was rotated after the backup, the new key stays:
other servers no longer accept the old one. Secrets that exist stay unchanged, unless the choice has `secrets`.
Passwords of the database always stay, because update-roles.sh sets them in the restored database.
"""

import shutil
from pathlib import Path

import kubernetes_api
import kubernetes_secrets
from matrix_backups import files, installation
from matrix_backups.fetch import RESTORED, planned
from matrix_backups.mounts import BACKUP, BACKUP_SECRETS, HANDOVER
from matrix_backups.problem import Problem
from matrix_backups.restore_fetch import MARKER
from matrix_backups.restore_secrets import put_back
from matrix_backups.settings import Settings

#: WAL that an operator copied from the synchronous WAL receiver.
RECEIVED = BACKUP / "receiver"


def run(settings: Settings) -> None:
    """Ends a restore or an undo."""
    plan = planned()
    restored = files.is_plain(RESTORED)
    if not settings.database or restored:
        for name in _known(settings):
            try:
                put_back(settings.restore, plan, name, kubernetes_secrets.values_in(BACKUP_SECRETS / name))
            except kubernetes_api.Refused as refused:
                raise Problem(str(refused)) from None
        # From now on this installation replaces those in the repository.
        known = files.read(installation.PREDECESSORS) if installation.PREDECESSORS.exists() else ""
        files.write(installation.PREDECESSORS, known + files.read(HANDOVER / "predecessors"))
    if settings.database and restored:
        (Path(settings.database.data_path) / MARKER).unlink()
    # Its WAL is in the database now, or is no longer wanted.
    shutil.rmtree(RECEIVED, ignore_errors=True)
    _use_up(settings.restore.choice)
    workloads = "PostgreSQL and Synapse" if settings.database else "Synapse"
    print(f"restore: done, {plan.get('set', 'undone')}. Now scale {workloads} to 1{_and_workers(settings)}")


def _and_workers(settings: Settings) -> str:
    return ", and its workers as docs/how-to/workers.md says" if settings.synapse.workers else ""


def _known(settings: Settings) -> list[str]:
    """The Secrets of the backup that this system has. Others could be made with any name."""
    paths = (*settings.required_secrets, *settings.restore.signing_keys, *settings.restore.database_secrets)
    ours, there = {path.split("/")[0] for path in paths}, kubernetes_secrets.visible(BACKUP_SECRETS)
    for name in sorted(set(there) - ours):
        print(f"restore: WARNING: Secret {name} is in the backup, but this system has none of that name: left out")
    return [name for name in there if name in ours]


def _use_up(choice: str) -> None:
    """Deletes the choice, which is for one restore only."""
    status, answer = kubernetes_api.call("DELETE", kubernetes_api.core("configmaps", choice))
    if status not in (200, 404):
        print(
            f"restore: WARNING: ConfigMap {choice} could not be deleted: {answer.get('message')}. "
            "Delete it by hand, or the next restore uses it again"
        )
