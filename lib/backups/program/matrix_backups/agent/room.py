"""Warns in the log when the claim of the database or of the backups fills."""

import re
import shutil

from matrix_backups import files
from matrix_backups.mounts import BACKUP
from matrix_backups.problem import Problem

#: Share of the room that is free, below which the log warns.
LEAST = 0.1
#: Written beside the running database, by update-roles.sh, which mounts its claim.
DATABASE = BACKUP / "room/database_volume.prom"


class Room:
    """Remembers which claims it has warned about."""

    def __init__(self) -> None:
        self._low: set[str] = set()

    def look(self) -> None:
        """Prints a warning when a claim begins to have little room, and a line when it has more again."""
        for name, (free, size) in volumes().items():
            if free < size * LEAST and name not in self._low:
                self._low.add(name)
                left = f"only {free >> 20} MiB of {size >> 20} MiB left"
                print(f"agent: WARNING: the claim of the {name} has {left}: docs/how-to/grow-a-claim.md", flush=True)
            elif free > size * LEAST and name in self._low:
                self._low.remove(name)
                print(f"agent: the claim of the {name} has room again", flush=True)


def volumes() -> dict[str, tuple[int, int]]:
    """Free room and size in bytes, by claim. The database's is missing when it is managed elsewhere."""
    disk = shutil.disk_usage(BACKUP)
    found = {"backups": (disk.free, disk.total)}
    try:
        text = files.read(DATABASE)
    except (OSError, Problem):
        return found
    values = dict(re.findall(r"^matrix_database_volume_(free|size)_bytes ([0-9]{1,18})$", text, re.MULTILINE))
    if len(values) == 2:
        found["database"] = (int(values["free"]), int(values["size"]))
    return found
