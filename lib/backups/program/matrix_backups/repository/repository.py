"""The repository of the backups: its making, what is in it, and what is put into it."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from matrix_backups import locks
from matrix_backups.catalog import Snapshot, parsed
from matrix_backups.mounts import BACKUP
from matrix_backups.problem import Problem
from matrix_backups.restic import failed_items, restic, run, summary_of, where
from matrix_backups.settings import Settings

#: Names the last backup: once there is one, a repository that is missing is lost.
LAST = BACKUP / "last-set"


def ensure(settings: Settings) -> None:
    """Makes the repository when there is none."""
    if _exists():
        return
    if LAST.exists():
        raise Problem(
            f"there is no repository at {where()} any more, though backups were made. Bring it back, or to begin a "
            "new one "
            f"without them: {settings.kubectl} exec {settings.agent} -- rm {LAST}"
        )
    with locks.held("repository", exclusive=True):
        if not _exists():
            _init()
            print(f"a new repository is made at {where()}", flush=True)


def _exists() -> bool:
    return restic("cat", "config", "--no-lock", allow=(10,), seconds=60)[0] != 10


def _init() -> None:
    """Makes it whole or not at all, where that can be: restic neither uses nor goes on with one that was broken off."""
    if not where().startswith("/"):
        restic("init", seconds=120)
        return
    part = f"{where()}.part"
    shutil.rmtree(part, ignore_errors=True)
    restic("init", "--repo", part, seconds=120)
    # restic gives what it adds the rights that it finds.
    subprocess.run(["chmod", "-R", "g=u", part], check=True)
    Path(part).rename(where())


def snapshots(settings: Settings, strict: bool = False) -> list[Snapshot]:
    """Every snapshot, oldest first. One that is damaged is a Problem when `strict`, and else a warning."""
    # restic leaves out in silence what it cannot read. Listed first: WAL is uploaded all the while.
    there = set(run("list", "snapshots", "--no-lock", seconds=600).stdout.split())
    _, answers = restic("snapshots", "--no-lock", seconds=600)
    listed = answers[0] if answers else []
    if damaged := there - {one["id"] for one in listed}:
        first = f"the first is snapshots/{min(damaged)}"
        if strict:
            raise Problem(
                f"{len(damaged)} snapshots are damaged and nothing is removed, {first}: "
                "see docs/operations/damaged-repository.md"
            )
        print(f"WARNING: {len(damaged)} snapshots in {where()} are damaged and not listed, {first}", flush=True)
    if others := {one["hostname"] for one in listed} - {settings.server_name}:
        names = ", ".join(sorted(others))
        raise Problem(
            f"the repository at {where()} is also that of {names}: give each system its own, by bucket, prefix or path"
        )
    return sorted((parsed(one) for one in listed), key=lambda one: one.time)


def store(
    settings: Settings, paths: Iterable[Path], tags: list[str], *options: str, seconds: float | None = None
) -> tuple[str, list[str]]:
    """Puts folders into the repository; (id of the snapshot, paths that could not be read)."""
    # Another client than this system may hold a lock.
    marks = ["--retry-lock=5m", "--host", settings.server_name, "--tag", ",".join(tags)]
    code, answers = restic("backup", *marks, *options, "--", *map(str, paths), allow=(3,), seconds=seconds)
    unread, summary = failed_items(answers), summary_of(answers)
    if not summary or (code == 3 and not unread):
        raise Problem("restic did not say what it has stored")
    return summary["snapshot_id"], unread
