"""What a backup holds of the media: those on the claim, until a bucket has been seen to have them all.

The nightly job of a system with a bucket notes on the claim when that was, and in which bucket. Without that note older
files may be nowhere else, and the backups that hold them are removed in time.
"""

import os
from typing import Any

from matrix_backups import files, sample
from matrix_backups.catalog import Backup, Snapshot, backups_of
from matrix_backups.mounts import IN_BUCKET, MEDIA
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings

#: Remote media and URL previews are left out: Synapse fetches them again.
KEPT = ("local_content", "local_thumbnails")


class Media:
    """The media of one backup."""

    def __init__(self, settings: Settings, snapshots: list[Snapshot]) -> None:
        self._settings = settings
        self._before = backups_of(snapshots)
        self._bucket = settings.media_bucket
        self._moved = self._bucket is not None and moved_to(self._bucket, self._before)
        folders = [MEDIA / name for name in KEPT]
        #: What is backed up.
        self.folders = [] if self._moved else [folder for folder in folders if folder.is_dir()]

    def count(self) -> int:
        """The number of files. Fails when most have vanished since the last backup: they are probably lost."""
        now = sum(len(files) for folder in self.folders for _, _, files in os.walk(folder))
        before = int(self._before[-1]["files"]) if self._before else 0
        # Where there is a bucket, most vanish every night.
        if not self._bucket and now * 2 < before and os.environ.get("ACCEPT_FEWER_MEDIA") != "yes":
            raise Problem(
                f"only {now} of the {before} media files in the last backup are left, so no backup is made. If they "
                "are lost, restore them: docs/operations/restore.md. If they were deleted on purpose, run this and "
                f"then the backup again: {self._settings.kubectl} set env "
                f"cronjob/{self._settings.jobs['backup'].cron_job} ACCEPT_FEWER_MEDIA=yes"
            )
        return now

    def sample(self) -> list[str]:
        """Some of the files, whose hashes a drill compares."""
        return sample.here() if self.folders else []

    def known(self, database: dict[str, Any]) -> dict[str, Any]:
        """What the manifest says of the bucket and of the database, whose newest file may be in the bucket only."""
        if not self._bucket:
            return {"database": database}
        return {"database": {**database, "file": None} if database else {}, "mediaBucket": self._bucket}

    def described(self, count: str) -> str:
        """For the operator."""
        if self._moved:
            return f"no media, which are in {self._bucket}"
        return f"{count} media files" + (f", until all are in {self._bucket}" if self._bucket else "")


def moved_to(bucket: str, before: list[Backup]) -> bool:
    """Whether the nightly job has found everything in this bucket since a backup last held media."""
    try:
        # Synapse can write to this volume.
        when, _, where = files.read(MEDIA.parent / IN_BUCKET).strip().partition(" ")
    except (OSError, Problem):
        return False
    # A system that went back to its claim meanwhile has media in its backups that are in no bucket.
    return where == bucket and all(when > one["id"] for one in before if one.get("files") != "0")
