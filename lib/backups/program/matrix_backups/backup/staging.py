"""Passes the files that the first step of a job has made to its second step; see staging.sh."""

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
    """Waits for other jobs, and yields the facts from the first step of this pod. Removes its files in the end."""

    def still_wanted() -> None:
        # The first step of another pod removes files that are old.
        with contextlib.suppress(FileNotFoundError):
            os.utime(ready)

    owner = BACKUP / f"{folder}.pod"
    with locks.staging(what, meanwhile=still_wanted):
        if not ready.exists() or not owner.exists() or owner.read_text(encoding="utf-8").strip() != locks.POD:
            raise Problem(
                f"the files of this {what} are missing, another job may have removed them: run this job again"
            )
        facts = dict(line.split("=", 1) for line in ready.read_text(encoding="utf-8").splitlines())
        # From here on the next job need not wait for this one.
        ready.unlink()
        try:
            yield facts
        finally:
            # Another try starts with the database again.
            shutil.rmtree(BACKUP / folder, ignore_errors=True)
