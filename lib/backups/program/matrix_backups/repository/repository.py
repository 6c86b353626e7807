"""Creates the repository of the backups, lists it, and adds to it."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from matrix_backups import locks
from matrix_backups.catalog import Snapshot, parsed
from matrix_backups.mounts import BACKUP
from matrix_backups.problem import Problem
from matrix_backups.restic import NO_REPOSITORY, failed_items, restic, run, summary_of, where
from matrix_backups.settings import Settings

#: The ID of the last backup. Once it exists, a missing repository is a lost one.
LAST = BACKUP / "last-set"


def ensure(settings: Settings) -> None:
    """Creates the repository when there is none. Fails when there are backups, but their repository is missing."""
    if _exists():
        return
    if LAST.exists():
        raise Problem(
            f"the repository at {where()} is missing, but backups were made before. No new one was created. Bring it "
            f"back, or to start an empty one run: {settings.kubectl} exec {settings.agent} -- rm {LAST}"
        )
    with locks.held("repository", exclusive=True):
        if not _exists():
            _init()
            print(f"created a new repository at {where()}", flush=True)


def _exists() -> bool:
    return restic("cat", "config", "--no-lock", allow=(NO_REPOSITORY,), seconds=60)[0] != NO_REPOSITORY


def _init() -> None:
    """Creates it completely or not at all on a claim: restic cannot use or continue an incomplete repository."""
    if not where().startswith("/"):
        restic("init", seconds=120)
        return
    part = f"{where()}.part"
    shutil.rmtree(part, ignore_errors=True)
    restic("init", "--repo", part, seconds=120)
    # restic gives new files the mode of the folders.
    subprocess.run(["chmod", "-R", "g=u", part], check=True)
    Path(part).rename(where())


def snapshots(settings: Settings, strict: bool = False) -> list[Snapshot]:
    """Every snapshot, oldest first. A damaged one fails when `strict`, and prints a warning otherwise."""
    # restic silently leaves out snapshots that it cannot read. IDs are listed first, because uploads of WAL go on.
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
            f"the repository at {where()} also holds backups of {names}: "
            "give each system its own, by bucket, prefix or path"
        )
    return sorted((parsed(one) for one in listed), key=lambda one: one.time)


def store(
    settings: Settings, paths: Iterable[Path], tags: list[str], *options: str, seconds: float | None = None
) -> tuple[str, list[str]]:
    """Stores folders in the repository: (id of the snapshot, paths that could not be read)."""
    # A client outside this system may hold a lock.
    marks = ["--retry-lock=5m", "--host", settings.server_name, "--tag", ",".join(tags)]
    code, answers = restic("backup", *marks, *options, "--", *map(str, paths), allow=(3,), seconds=seconds)
    unread, summary = failed_items(answers), summary_of(answers)
    if not summary or (code == 3 and not unread):
        raise Problem("restic did not report a snapshot, so nothing counts as stored: run this job again")
    return summary["snapshot_id"], unread
