"""Passes the files that the first step of a job has made to its second step; see staging.sh."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from matrix_backups import facts, files, locks
from matrix_backups.mounts import BACKUP
from matrix_backups.problem import Problem


def notes(folder: str) -> Path:
    """The folder in which the first step leaves its notes: the pod, the tags, and `facts.json` of a base backup."""
    return BACKUP / f"{folder}.notes"


@contextlib.contextmanager
def taken_over(what: str, folder: str) -> Iterator[dict[str, str]]:
    """Waits for other jobs, and yields the facts from the first step of this pod. Removes its files in the end."""
    ready, owner = notes(folder) / "tags", notes(folder) / "pod"

    def still_wanted() -> None:
        # The first step of another pod removes files that are old.
        with contextlib.suppress(FileNotFoundError):
            os.utime(ready, follow_symlinks=False)

    with locks.staging(what, meanwhile=still_wanted):
        if not ready.exists() or not owner.exists() or files.read(owner).strip() != locks.POD:
            raise Problem(
                f"the files of this {what} are missing, another job may have removed them: run this job again"
            )
        found = facts.tags(files.read(ready))
        # From here on the next job need not wait for this one.
        ready.unlink()
        try:
            yield found
        finally:
            # Another try starts with the database again. The folder itself stays: a waiting pod has mounted it.
            with contextlib.suppress(OSError):
                for path in (BACKUP / folder).iterdir():
                    files.remove(path)
