"""Timelines of a database.

After a restore the database continues on a new timeline, which branches off from the old one. The file `timelines`
beside the WAL lists when each timeline came into use. It tells the timeline of a moment, and excludes backups of an
abandoned branch.
https://www.postgresql.org/docs/17/continuous-archiving.html#BACKUP-TIMELINES
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from matrix_backups import files
from matrix_backups.catalog import Backup
from matrix_backups.problem import Problem

FIRST = 1
HISTORY = re.compile(r"[0-9A-F]{8}\.history(\.gz)?")
#: A line of `timelines`, and one of a history. Lines that are not valid say nothing.
USED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \d{1,10}", re.ASCII)
BRANCH = re.compile(r"\s*(\d{1,10})\s+([0-9A-F]{1,8}/[0-9A-F]{1,8})\b", re.ASCII)


def position(lsn: str) -> int:
    """0/3000028 as a number."""
    high, low = lsn.split("/")
    return int(high, 16) << 32 | int(low, 16)


def _unpacked(path: Path) -> str:
    try:
        with files.opened(path) as packed, gzip.open(packed) as file:
            return file.read(files.LIMIT).decode(errors="replace")
    except (OSError, EOFError, zlib.error) as problem:
        raise Problem(f"{path} is damaged: {problem}") from None


class Timelines:
    """The timelines and their histories, in the folders with WAL of a database system."""

    def __init__(self, folders: Iterable[Path], system: str) -> None:
        self._folders = [folder / system for folder in folders]

    def _lines(self, name: str) -> Iterator[str]:
        for path in (folder / name for folder in self._folders):
            packed = path.with_name(f"{name}.gz")
            if files.is_plain(packed):
                yield from _unpacked(packed).splitlines()
            elif files.is_plain(path):
                yield from files.read(path).splitlines()

    def _histories(self) -> set[int]:
        found = (path for folder in self._folders for path in folder.glob("*.history*"))
        return {int(path.name[:8], 16) for path in found if HISTORY.fullmatch(path.name) and files.is_plain(path)}

    def at(self, time: str | None = None) -> int:
        """The timeline that was in use at that time, or is now."""
        found, there = FIRST, self._histories()
        for line in sorted(set(self._lines("timelines"))):
            if not USED.fullmatch(line):
                continue
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
            if (branch := BRANCH.match(line)) and int(branch[1]) == mine:
                return position(backup["end"]) <= position(branch[2])
        return False
