"""Fetches a backup and its WAL from the repository, for a restore and for a drill.

The plan for the next steps is in /handover/plan, which bash reads too.
"""

import shlex
import shutil
from pathlib import Path

from matrix_backups.backup import WORK
from matrix_backups.catalog import Backup, Snapshot, backups_of
from matrix_backups.mounts import HANDOVER, SECRETS, WAL
from matrix_backups.problem import Problem
from matrix_backups.restic import failed_items, last_words, restic
from matrix_backups.wal_chain import newest_of_archives, wal_for

PLAN = HANDOVER / "plan"


def plan(**facts: object) -> None:
    """Writes the plan for the next steps."""
    text = "".join(f"{name}={shlex.quote(str(value))}\n" for name, value in facts.items())
    PLAN.write_text(text, encoding="utf-8")


def planned() -> dict[str, str]:
    """The plan of the first step."""
    return dict(line.split("=", 1) for line in PLAN.read_text(encoding="utf-8").splitlines())


def fetch(snapshot: str, folder: Path, target: Path, *options: str) -> list[str]:
    """Restores a folder of a snapshot. Returns the damaged paths: all others are restored."""
    target.mkdir(parents=True, exist_ok=True)
    what = [f"{snapshot}:{folder}", "--target", str(target)]
    code, answers = restic("restore", "--no-lock", *what, *options, allow=(1,))
    items = sorted(set(failed_items(answers)) - {""})
    if code and not items:
        raise Problem(" ".join((last_words(answers) or [f"restic ended with {code}"])[0].split()))
    return items


def fetch_secrets(backup: Backup) -> None:
    """Fetches the Secrets of a backup for the next steps."""
    if damaged := fetch(backup["data"], SECRETS, HANDOVER / "secrets"):
        raise Problem(f"the Secrets in backup {backup['id']} are damaged ({damaged[0]}): use another backup")


def known_timelines(snapshots: list[Snapshot]) -> list[Path]:
    """Folders with timelines and their histories: the WAL archive, and the newest upload of each archive."""
    folders = [WAL]
    for name, snapshot in newest_of_archives(snapshots).items():
        folders.append(HANDOVER / "log" / name)
        for item in fetch(snapshot, WAL, folders[-1], "--include=/*/timelines", "--include=/*/*.history*"):
            print(
                f"restore: WARNING: {item} is damaged in the repository. If the wrong backup or timeline is used, "
                "choose them with set= and timeline=",
                flush=True,
            )
    return folders


class Volume:
    """The volume that a database is restored to, and the fetched files on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / "pgdata.restoring"
        self.wal = path / "restore-wal"
        self.dump = path / "restore-dump"

    def clean(self) -> None:
        """Removes the fetched files."""
        for folder in (self.database, self.wal, self.dump):
            shutil.rmtree(folder, ignore_errors=True)

    def check_room(self, need: int, remedy: str = "enlarge the claim") -> None:
        """Fails when there is not enough room."""
        free = shutil.disk_usage(self.path).free
        # PostgreSQL writes WAL during recovery.
        need += 256 * 2**20
        if free < need:
            raise Problem(f"the data volume has {free // 2**20} MiB free, but {need // 2**20} MiB are needed: {remedy}")

    def fetch(
        self, snapshots: list[Snapshot], backup: Backup, timeline: int, time: str, folders: list[Path], **facts: str
    ) -> None:
        """Fetches the base backup and the WAL that the next steps recover from."""
        if damaged := fetch(backup["data"], WORK / "base", self.database):
            known = " ".join(one["id"] for one in backups_of(snapshots))
            files = "\n".join(damaged[:20])
            raise Problem(f"backup {backup['id']} is damaged: use another one of {known}. Damaged files:\n{files}")
        self.database.chmod(0o700)
        self._fetch_wal(snapshots, backup, time)
        system = backup["system"]
        logs = " ".join(f"{folder}/{system}" for folder in (WAL, self.wal, *folders[1:]))
        chosen = {"set": backup["id"], "system": system, "data": backup["data"], "timeline": timeline, "time": time}
        plan(**chosen, logs=logs, **facts)

    def _fetch_wal(self, snapshots: list[Snapshot], backup: Backup, time: str) -> None:
        damaged: list[str] = []
        for one in wal_for(snapshots, backup, time):
            damaged += fetch(one.id, WAL, self.wal, "--overwrite=never", f"--include=/{backup['system']}/**")
        # Recovery reads segments that are still in the archive from there.
        damaged = [item for item in damaged if not Path(f"{WAL}{item}").exists()]
        if damaged and not time:
            named = " ".join(damaged[:5])
            raise Problem(
                f"WAL is damaged in the repository: {named}. To restore up to the damage, choose a time= before it "
                "was written"
            )
        for item in damaged:
            print(f"restore: WARNING: WAL {item} is damaged in the repository", flush=True)
