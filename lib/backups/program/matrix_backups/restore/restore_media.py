"""`restore media`: restores media that are missing or incomplete, and tells the guard of Synapse about the restore.

Newer uploads stay. A file that is damaged in the repository is skipped: it must not block the restore of messages.
"""

import contextlib
import json
from pathlib import Path

from matrix_backups import files, locks
from matrix_backups.fetch import RESTORED, planned
from matrix_backups.mounts import DATA, IN_BUCKET, MEDIA
from matrix_backups.problem import Problem
from matrix_backups.restic import failed_items, restic, summary_of
from matrix_backups.settings import Settings

TARGET = DATA / "media_store"


def run(settings: Settings) -> None:
    """Restores the missing media."""
    plan = planned()
    if settings.database:
        # The guard in front of Synapse then accepts the older database, and empties its one-time keys.
        explained = json.dumps({"explained": plan.get("set", "undo")})
        # Synapse can write to this volume, and a link would be followed.
        files.write(DATA / "database-epoch.json", explained)
        # After an undo there is nothing to restore.
        if not files.is_plain(RESTORED):
            return
    if TARGET.is_symlink():
        raise Problem(f"{TARGET} is a link, and is not followed: remove it")
    TARGET.mkdir(parents=True, exist_ok=True)
    with locks.in_use():
        _restore(settings, plan["data"])


def _restore(settings: Settings, data: str) -> None:
    code, listed = restic("ls", "--no-lock", data, str(MEDIA), allow=(1,))
    if code == 0 and not any(one.get("path", "").startswith(f"{MEDIA}/") for one in listed):
        where = f": they are in {settings.media_bucket}" if settings.media_bucket else ""
        print(f"restore: the backup holds no media{where}")
        return
    # The bucket may lack them: backups hold media again until the nightly job has looked.
    files.remove(DATA / IN_BUCKET)
    what = [f"{data}:{MEDIA}", "--target", str(TARGET), "--overwrite=if-changed"]
    code, answers = restic("restore", "--no-lock", *what, allow=(1,))
    if code:
        # Fails when the store is unreachable: then the job can be run again.
        restic("cat", "config", "--no-lock", seconds=60)
    summary, damaged = summary_of(answers) or {}, sorted(set(failed_items(answers)))
    if code and not damaged:
        print(
            "restore: WARNING: the media in this backup are damaged and were not restored; look for an earlier backup"
        )
    for item in damaged:
        # Synapse would serve an incomplete file as if it were complete.
        with contextlib.suppress(OSError):
            Path(f"{TARGET}{item}").unlink()
        print(
            f"restore: WARNING: {item} is damaged in the backup and was not restored; look for it in an earlier backup"
        )
    print(f"restore: {summary.get('files_restored', 0)} of {summary.get('total_files', '?')} media files restored")
