"""`restore media`: puts back the media that are missing or cut short, and lets Synapse know that this was a restore.

Nothing else is touched: newer uploads stay. A file that is damaged in the repository must not keep all messages away.
"""

import contextlib
import json
from pathlib import Path

from matrix_backups import locks
from matrix_backups.fetch import planned
from matrix_backups.mounts import DATA, HANDOVER, MEDIA
from matrix_backups.restic import failed_items, restic, summary_of
from matrix_backups.settings import Settings

TARGET = DATA / "media_store"


def run(settings: Settings) -> None:
    """Puts the media back that are missing."""
    plan = planned()
    if settings.database:
        # The guard in front of Synapse empties the one-time keys then, and asks no questions.
        explained = json.dumps({"explained": plan.get("set", "undo")})
        (DATA / "database-epoch.json").write_text(explained, encoding="utf-8")
        # Nothing was restored: it was undone.
        if not (HANDOVER / "restored").exists():
            return
    TARGET.mkdir(parents=True, exist_ok=True)
    with locks.in_use():
        _restore(plan["data"])


def _restore(data: str) -> None:
    code, listed = restic("ls", "--no-lock", data, str(MEDIA), allow=(1,))
    if code == 0 and not any(one.get("path", "").startswith(f"{MEDIA}/") for one in listed):
        print("restore: the backup holds no media")
        return
    what = [f"{data}:{MEDIA}", "--target", str(TARGET), "--overwrite=if-changed"]
    code, answers = restic("restore", "--no-lock", *what, allow=(1,))
    if code:
        # A store that is away is another matter: then this can be run again.
        restic("cat", "config", "--no-lock", seconds=60)
    summary, damaged = summary_of(answers) or {}, sorted(set(failed_items(answers)))
    if code and not damaged:
        print("restore: WARNING: the media are damaged in the backup and not put back; look for them in an earlier one")
    for item in damaged:
        # What was begun of it would be served as if it were whole.
        with contextlib.suppress(OSError):
            Path(f"{TARGET}{item}").unlink()
        print(f"restore: WARNING: {item} is damaged in the backup and is not put back; look for it in an earlier one")
    print(f"restore: {summary.get('files_restored', 0)} of {summary.get('total_files', '?')} media files put back")
