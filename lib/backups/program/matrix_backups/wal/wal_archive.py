"""The WAL archive on the backup claim, which holds segments until they are in the repository."""

import contextlib
import os
import re
from pathlib import Path

from matrix_backups import installation, repository
from matrix_backups.files import is_plain
from matrix_backups.mounts import WAL
from matrix_backups.problem import Problem
from matrix_backups.restic import restic
from matrix_backups.settings import Settings

SEGMENT = re.compile("[0-9A-F]{24}")
#: What archive-wal.sh and a restore write there. PostgreSQL could write anything else, which is ignored.
VALID = re.compile(
    r"\d{1,20}/(([0-9A-F]{16}/)?([0-9A-F]{24}(\.partial|\.[0-9A-F]{8}\.backup)?|[0-9A-F]{8}\.history)(\.gz)?|timelines)",
    re.ASCII,
)


def files() -> dict[Path, float]:
    """{path: time} of the complete segments."""
    found = {}
    for folder, _, names in os.walk(WAL):
        for path in (Path(folder, name) for name in names):
            # A backup may remove sealed segments at the same time.
            with contextlib.suppress(FileNotFoundError):
                if VALID.fullmatch(str(path.relative_to(WAL))) and is_plain(path):
                    found[path] = path.lstat().st_mtime
    return found


def uploaded(settings: Settings) -> dict[Path, float]:
    """The files of the archive that are in the repository, as `files` lists them: for a new agent."""
    snapshots = repository.snapshots(settings)
    installation.check_ours(settings, snapshots)
    mine = [one.id for one in snapshots if "wal" in one.tags and one.facts["spool"] == installation.name()]
    if not mine:
        return {}
    _, listed = restic("ls", "--no-lock", "--recursive", mine[-1], str(WAL), allow=(1,))
    there = {Path(one["path"]) for one in listed if one.get("type") == "file"}
    return {path: stamp for path, stamp in files().items() if path in there}


def upload(settings: Settings, tags: tuple[str, ...] = (), seconds: float | None = None) -> dict[Path, float]:
    """Stores the whole archive, of which restic uploads only new data. Returns the stored files."""
    marks = ["wal", f"spool={installation.name()}", *tags]
    there = files()
    _, unread = repository.store(settings, [WAL], marks, "--exclude", ".*", seconds=seconds)
    # A missing file was sealed and removed by a backup meanwhile.
    if unread := [path for path in unread if os.path.lexists(path)]:
        raise Problem(f"{len(unread)} WAL segments could not be read, the first is {unread[0]}")
    return there


def forget(sealed: dict[Path, float], system: str, first: str) -> None:
    """Removes sealed segments from before a backup or of other database systems. Histories and timelines stay."""
    for path in sealed:
        owner = path.relative_to(WAL).parts[0]
        if SEGMENT.match(path.name) and (owner != system or path.name[8:24] < first[8:24]):
            path.unlink()
            with contextlib.suppress(OSError):
                path.parent.rmdir()
