"""The lock on the volume that Synapse holds while it serves: two that start at once do not see each other otherwise.

The file has the name of the pod that took the lock last.
"""

import contextlib
import fcntl
import os
import socket
from pathlib import Path

FILE = Path(os.environ.get("VOLUME", "/data")) / "synapse.lock"


class VolumeLock:
    """Is held until the process ends."""

    def __init__(self) -> None:
        self._file = os.open(FILE, os.O_RDWR | os.O_CREAT, 0o660)

    def taken(self, wait: bool) -> bool:
        """Returns whether this process has the lock now."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        name = socket.gethostname().encode()
        # A full volume must not keep Synapse down.
        with contextlib.suppress(OSError):
            os.pwrite(self._file, name, 0)
            os.ftruncate(self._file, len(name))
        return True


def was_taken_by_another() -> bool:
    """Returns whether another pod has taken the lock since this one had it, if it ever had."""
    try:
        return FILE.read_text(encoding="utf-8") not in ("", socket.gethostname())
    except OSError:
        return False
