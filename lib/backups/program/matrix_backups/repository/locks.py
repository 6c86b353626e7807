"""Locks on the backup claim. A lock ends with its process, even a killed one; locks of restic do not."""

import contextlib
import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator

from matrix_backups.mounts import BACKUP
from matrix_backups.problem import Problem
from matrix_backups.restic import NO_REPOSITORY, restic

#: All containers of a pod have the same.
POD = os.environ.get("HOSTNAME") or socket.gethostname()
#: Seconds to wait for another job, as long as a backup may take; see staging.sh.
PATIENCE = 3 * 3600
#: Exists while something is removed from the repository. If it is left behind, that job was killed.
ALONE = BACKUP / "repository.alone"


@contextlib.contextmanager
def held(name: str, exclusive: bool = False) -> Iterator[None]:
    """Holds a lock, and waits for it as long as it takes."""
    with (BACKUP / f"{name}.lock").open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield


@contextlib.contextmanager
def staging(what: str, patience: float = PATIENCE, meanwhile: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Holds the lock for making or restoring a backup. The file names the holder."""
    with (BACKUP / "staging.lock").open("a+", encoding="utf-8") as file:
        end = time.monotonic() + patience
        while not _taken(file.fileno()):
            file.seek(0)
            holder = file.read().strip() or "a backup or a restore"
            # A base backup from before a restore is useless after it.
            if holder.startswith("restore") or time.monotonic() >= end:
                raise Problem(f"{holder} is still running: wait until it is done, then run this job again")
            meanwhile()
            time.sleep(1)
        file.truncate(0)
        file.write(f"{what} ({POD})\n")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def in_use() -> Iterator[None]:
    """Held while the repository is read or added to. Excludes `alone`."""
    if ALONE.exists():
        # A lock that restic left behind would block uploads of WAL for half an hour.
        with alone():
            pass
    with held("repository"):
        yield


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Held while something is removed from the repository: no other process of this system uses it."""
    with held("repository", exclusive=True):
        # Any lock of restic now belongs to a process that was killed.
        restic("unlock", "--remove-all", allow=(NO_REPOSITORY,))
        ALONE.touch()
        yield
        ALONE.unlink()
