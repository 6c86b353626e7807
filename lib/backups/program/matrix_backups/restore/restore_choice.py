"""The choice of an operator: a folder with a file for each of these.

set       id of a backup; without it the newest that fits
time      a moment such as 2026-01-31T14:05:00Z; without it the end of the WAL
timeline  number; without it the one that was in use then
dump      true: the newest dump instead of a backup, into an empty database of the version that is installed
secrets   true: the Secrets of the backup replace those of the cluster, for a cluster that is new
receiver  lost: what a synchronous receiver of WAL has is not waited for
undo      true: what the last restore set aside comes back, and nothing is restored
discard   true: what earlier restores set aside is removed first
"""

from matrix_backups.mounts import CHOICE
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings

CHOICES = ("set", "time", "timeline", "dump", "secrets", "receiver", "undo", "discard")
#: Where the database's owner restores it.
WITHOUT_DATABASE = ("set", "secrets")


def read(settings: Settings) -> dict[str, str]:
    """What was chosen."""
    choice = {}
    for path in sorted(CHOICE.iterdir()) if CHOICE.is_dir() else []:
        if path.name.startswith("."):
            continue
        if path.name not in CHOICES:
            raise Problem(f"'{path.name}' is not a valid choice: use {', '.join(CHOICES)}")
        if not settings.database and path.name not in WITHOUT_DATABASE:
            raise Problem(
                f"'{path.name}' is a choice for the database, which is managed elsewhere: its owner restores it. Here "
                "the choice "
                f"can hold {' and '.join(WITHOUT_DATABASE)}"
            )
        choice[path.name] = path.read_text(encoding="utf-8").strip()
    return choice
