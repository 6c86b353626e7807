"""Locks on the backup claim. A lock ends with its holder, however that ends, which restic's own locks do not."""

import contextlib
import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator

from matrix_backups.mounts import BACKUP
from matrix_backups.problem import Problem
from matrix_backups.restic import restic

#: All containers of a pod have it.
POD = os.environ.get("HOSTNAME") or socket.gethostname()
#: A backup may take so long, in seconds; see staging.sh.
PATIENCE = 3 * 3600
#: Is there while something is removed from the repository. Left behind, its writer was killed.
ALONE = BACKUP / "repository.alone"


@contextlib.contextmanager
def held(name: str, exclusive: bool = False) -> Iterator[None]:
    """Holds a lock, and waits for it as long as it takes."""
    with (BACKUP / f"{name}.lock").open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield


@contextlib.contextmanager
def staging(what: str, patience: float = PATIENCE, meanwhile: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Holds the lock of what makes or restores a backup. The file names the holder."""
    with (BACKUP / "staging.lock").open("a+", encoding="utf-8") as file:
        end = time.monotonic() + patience
        while not _taken(file.fileno()):
            file.seek(0)
            holder = file.read().strip() or "a backup or a restore"
            # A copy of the database from before a restore is of no use after it.
            if holder.startswith("restore") or time.monotonic() >= end:
                raise Problem(f"{holder} is at work: wait until it is done, then run this again")
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
    """While the repository is read or added to. What removes something from it waits, and is waited for."""
    if ALONE.exists():
        # A lock of restic that was left behind would keep WAL out for half an hour.
        with alone():
            pass
    with held("repository"):
        yield


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """While something is removed from the repository: nothing else of this system is at work in it."""
    with held("repository", exclusive=True):
        # Then a lock of restic can only be that of a process that was killed.
        restic("unlock", "--remove-all", allow=(10,))
        ALONE.touch()
        yield
        ALONE.unlink()
