"""`restore finish`: puts the Secrets of the backup back, uses up the choice, and lets PostgreSQL start again.

The signing key comes back, and so do Secrets that are missing. A signing key that was rotated since the backup was made
stays: among the earlier ones, which it is now, other servers believe it no more. Secrets that are there stay, unless
the choice was `secrets`. Passwords of the database always do: the restored one has them.
"""

import shutil
from pathlib import Path

import kubernetes_api
from matrix_backups import installation
from matrix_backups.fetch import planned
from matrix_backups.mounts import BACKUP, HANDOVER
from matrix_backups.problem import Problem
from matrix_backups.restore_fetch import MARKER
from matrix_backups.restore_secrets import put_back
from matrix_backups.settings import Settings

#: WAL that was brought from a synchronous receiver.
RECEIVED = BACKUP / "receiver"


def run(settings: Settings) -> None:
    """Ends a restore."""
    plan = planned()
    if not settings.database or (HANDOVER / "restored").exists():
        folder = HANDOVER / "secrets"
        for name in kubernetes_api.visible(folder):
            try:
                put_back(settings.restore, plan, name, kubernetes_api.values_in(folder / name))
            except kubernetes_api.Refused as refused:
                raise Problem(str(refused)) from None
        # From now on this installation writes to the repository in the place of those.
        with installation.PREDECESSORS.open("a", encoding="utf-8") as known:
            known.write((HANDOVER / "predecessors").read_text(encoding="utf-8"))
    if settings.database and (HANDOVER / "restored").exists():
        (Path(settings.database.data_path) / MARKER).unlink()
    # It is in the database, or not wanted any more.
    shutil.rmtree(RECEIVED, ignore_errors=True)
    _use_up(settings.restore.choice)
    workloads = "PostgreSQL and Synapse" if settings.database else "Synapse"
    print(f"restore: done, {plan.get('set', 'undone')}. Now scale {workloads} to 1")


def _use_up(choice: str) -> None:
    """A choice is for one restore."""
    status, answer = kubernetes_api.call("DELETE", kubernetes_api.core("configmaps", choice))
    if status not in (200, 404):
        print(
            f"restore: delete ConfigMap {choice} by hand, the next restore would use it again: {answer.get('message')}"
        )
