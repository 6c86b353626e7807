"""Uploads WAL from the archive to the repository as it comes, and measures the delay."""

import collections
import time
from pathlib import Path

from matrix_backups import locks, repository, restic, wal_archive
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings

DAY = 86400


class Uploader:
    """One thread uploads, others read its state."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._started = time.time()
        self._uploaded: dict[Path, float] | None = None
        self.problem: str | None = None
        #: (time of an upload, seconds that its oldest segment had waited)
        self._delays: collections.deque[tuple[float, float]] = collections.deque()

    def waiting_seconds(self) -> float:
        """For how long the oldest WAL that is not in the repository has waited."""
        uploaded = self._uploaded or {}
        waiting = [stamp for path, stamp in wal_archive.files().items() if uploaded.get(path) != stamp]
        if not waiting:
            return 0
        # A new agent does not know yet which segments its predecessor has uploaded.
        since = min(waiting) if self._uploaded is not None else max(min(waiting), self._started)
        return time.time() - since

    def recovery_point(self) -> float:
        """The worst recovery point of the last day: the age of a message that was not in the repository."""
        recent = [delay for when, delay in list(self._delays) if when > time.time() - DAY]
        return self._settings.archive_timeout + max([*recent, self.waiting_seconds()])

    def upload(self) -> None:
        """Uploads new WAL."""
        settings = self._settings
        if self._uploaded is None:
            repository.ensure(settings)
            with locks.in_use():
                self._uploaded = wal_archive.uploaded(settings)
        there = wal_archive.files()
        new = {path for path, stamp in there.items() if self._uploaded.get(path) != stamp}
        if not new:
            return
        pending = sum(path.lstat().st_size for path in new if path.exists())
        try:
            with locks.in_use():
                # The more there is to upload, the longer it may take.
                sent = wal_archive.upload(settings, seconds=120 + pending / 1e6)
        except Problem as problem:
            # Only now, because opening the repository costs as much as an upload.
            if problem.code == restic.NO_REPOSITORY:
                repository.ensure(settings)
            raise
        self._delays.append((time.time(), time.time() - min(there[path] for path in new)))
        while self._delays[0][0] < time.time() - DAY:
            self._delays.popleft()
        self._uploaded = sent

    def upload_for_ever(self) -> None:
        """Uploads until the process ends, and continues after failures."""
        while True:
            self.try_to_upload()
            time.sleep(self._settings.upload_interval)

    def try_to_upload(self) -> None:
        """Uploads new WAL. A failure is kept in `problem` and printed once."""
        try:
            self.upload()
            self.problem = None
        except (Problem, OSError) as problem:
            if str(problem) != self.problem:
                print(f"agent: {problem}", flush=True)
            self.problem = str(problem)
