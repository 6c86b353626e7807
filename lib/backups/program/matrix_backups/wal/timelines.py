"""Timelines of a database.

After a restore the database continues on a new timeline, which branches off from the old one. The file `timelines`
beside the WAL lists when each timeline came into use. It tells the timeline of a moment, and excludes backups of an
abandoned branch.
https://www.postgresql.org/docs/17/continuous-archiving.html#BACKUP-TIMELINES
"""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

from matrix_backups.catalog import Backup

FIRST = 1


def position(lsn: str) -> int:
    """0/3000028 as a number."""
    high, low = lsn.split("/")
    return int(high, 16) << 32 | int(low, 16)


class Timelines:
    """The timelines and their histories, in the folders with WAL of a database system."""

    def __init__(self, folders: Iterable[Path], system: str) -> None:
        self._folders = [folder / system for folder in folders]

    def _lines(self, name: str) -> Iterator[str]:
        for path in (folder / name for folder in self._folders):
            packed = path.with_name(f"{name}.gz")
            if packed.exists():
                yield from gzip.decompress(packed.read_bytes()).decode().splitlines()
            elif path.exists():
                yield from path.read_text(encoding="utf-8").splitlines()

    def _histories(self) -> set[int]:
        return {int(path.name[:8], 16) for folder in self._folders for path in folder.glob("*.history*")}

    def at(self, time: str | None = None) -> int:
        """The timeline that was in use at that time, or is now."""
        found, there = FIRST, self._histories()
        for line in sorted(set(self._lines("timelines"))):
            since, number = line.split()
            # PostgreSQL never ran on a timeline without a history.
            if (int(number) == FIRST or int(number) in there) and not (time and since > time):
                found = int(number)
        return found

    def leads_to(self, backup: Backup, timeline: int) -> bool:
        """Whether the backup is on that timeline, or on an earlier one before the branch."""
        mine = int(backup["timeline"])
        if mine == timeline:
            return True
        for line in self._lines(f"{timeline:08X}.history"):
            words = line.split()
            if words and words[0].isdigit() and int(words[0]) == mine:
                return position(backup["end"]) <= position(words[1])
        return False
