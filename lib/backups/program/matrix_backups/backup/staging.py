"""Takes over what the first step of a job has made for the second one; see staging.sh."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from matrix_backups import locks
from matrix_backups.mounts import BACKUP
from matrix_backups.problem import Problem


@contextlib.contextmanager
def taken_over(what: str, folder: str, ready: Path) -> Iterator[dict[str, str]]:
    """Waits until nothing else is at work; what this pod's first step has noted. Its work is removed in the end."""

    def still_wanted() -> None:
        # The first step of another pod takes one that is old for left behind.
        with contextlib.suppress(FileNotFoundError):
            os.utime(ready)

    owner = BACKUP / f"{folder}.pod"
    with locks.staging(what, meanwhile=still_wanted):
        if not ready.exists() or not owner.exists() or owner.read_text(encoding="utf-8").strip() != locks.POD:
            raise Problem("there is no copy of the database to store: run this again")
        facts = dict(line.split("=", 1) for line in ready.read_text(encoding="utf-8").splitlines())
        # Whatever happens now, the next job need not wait for this one.
        ready.unlink()
        try:
            yield facts
        finally:
            # Another try copies the database again.
            shutil.rmtree(BACKUP / folder, ignore_errors=True)
