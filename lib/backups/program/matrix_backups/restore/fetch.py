"""Fetches a backup and its WAL from the repository, for a restore and for a drill.

The plan for the next steps is in /handover/plan, which bash reads too. What PostgreSQL wrote is fetched as files only.
"""

import re
import shutil
from pathlib import Path

from matrix_backups import files, installation
from matrix_backups.backup import WORK
from matrix_backups.catalog import Backup, Snapshot, backups_of
from matrix_backups.disarm import disarm
from matrix_backups.mounts import BACKUP_SECRETS, HANDOVER, RECOVERED, SECRETS, WAL
from matrix_backups.problem import Problem
from matrix_backups.restic import failed_items, last_words, restic
from matrix_backups.wal_chain import newest_of_archives, wal_for

PLAN = HANDOVER / "plan"
#: Exists when a database is in place.
RESTORED = RECOVERED / "restored"
#: What is in the plan becomes words of commands.
VALID = re.compile(r"[A-Za-z0-9_:./ -]*")


def plan(**facts: object) -> None:
    """Writes the plan for the next steps."""
    for name, value in facts.items():
        if not VALID.fullmatch(str(value)):
            raise Problem(f"{name} in the repository is not valid: {str(value)[:40]!r}")
    PLAN.write_text("".join(f"{name}={value}\n" for name, value in facts.items()), encoding="utf-8")


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
    if damaged := fetch(backup["data"], SECRETS, BACKUP_SECRETS):
        raise Problem(f"the Secrets in backup {backup['id']} are damaged ({damaged[0]}): use another backup")


def known_timelines(snapshots: list[Snapshot]) -> list[Path]:
    """Folders with timelines and their histories: the WAL archive, and the newest upload of each archive."""
    folders = [WAL]
    for name, snapshot in newest_of_archives(snapshots).items():
        if not installation.VALID.fullmatch(name):
            raise Problem(f"the repository has WAL of an installation whose name is not valid: {name[:40]!r}")
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
            files.remove(folder)

    def check_room(self, need: int, remedy: str = "enlarge the claim") -> None:
        """Fails when there is not enough room."""
        free = shutil.disk_usage(self.path).free
        # PostgreSQL writes WAL during recovery.
        need += 256 * 2**20
        if free < need:
            raise Problem(f"the data volume has {free // 2**20} MiB free, but {need // 2**20} MiB are needed: {remedy}")

    def fetch(
        self, snapshots: list[Snapshot], backup: Backup, timeline: int, time: str, folders: list[Path], **facts: str
    ) -> list[str]:
        """Fetches the base backup and the WAL that the next steps recover from. Returns what was left out of them.

        The folders hold timelines and histories. Among them the WAL archive gives WAL too.
        """
        if damaged := fetch(backup["data"], WORK / "base", self.database):
            known = " ".join(one["id"] for one in backups_of(snapshots))
            named = "\n".join(damaged[:20])
            raise Problem(f"backup {backup['id']} is damaged: use another one of {known}. Damaged files:\n{named}")
        self.database.chmod(0o700)
        self._fetch_wal(snapshots, backup, time, folders)
        left_out = disarm(self.database, self.wal)
        system = backup["system"]
        logs = " ".join(f"{folder}/{system}" for folder in (*folders, self.wal))
        chosen = {"set": backup["id"], "system": system, "data": backup["data"], "timeline": timeline, "time": time}
        plan(**chosen, logs=logs, **facts)
        return left_out

    def _fetch_wal(self, snapshots: list[Snapshot], backup: Backup, time: str, folders: list[Path]) -> None:
        damaged: list[str] = []
        for one in wal_for(snapshots, backup, time):
            damaged += fetch(one.id, WAL, self.wal, "--overwrite=never", f"--include=/{backup['system']}/**")
        # A restore reads segments that are still in the archive from there.
        if WAL in folders:
            damaged = [item for item in damaged if not Path(f"{WAL}{item}").exists()]
        if damaged and not time:
            named = " ".join(damaged[:5])
            raise Problem(
                f"WAL is damaged in the repository: {named}. To restore up to the damage, choose a time= before it "
                "was written"
            )
        for item in damaged:
            print(f"restore: WARNING: WAL {item} is damaged in the repository", flush=True)
