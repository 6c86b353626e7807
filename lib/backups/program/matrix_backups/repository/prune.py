"""`prune`: removes backups beyond the retention and data that only they needed, then checks a part of the rest.

The part is another one every day.

Environment: REPACK_STEP, the size that is repacked in one turn, for tests.
"""

import contextlib
import itertools
import os
import re
import shutil
import time
from collections.abc import Iterator

from matrix_backups import installation, locks, metrics, repository
from matrix_backups.catalog import Snapshot, backups_of, began, dumps_of
from matrix_backups.restic import checked, restic, where
from matrix_backups.restic import run as run_restic
from matrix_backups.settings import Keep, Settings
from matrix_backups.wal_chain import wal_since

DUMPS = 2
STEP = os.environ.get("REPACK_STEP", "128M")
PACKED = re.compile("to repack: +[1-9]")


def run(settings: Settings) -> None:
    """Forgets snapshots, removes their data, and checks a part of the repository."""
    before, kept, removed = _forget(settings)
    steps = _pack()
    print(
        f"prune: {before - kept} backups are forgotten, {kept} are kept, "
        f"{removed} other snapshots were no longer needed; {steps} steps",
        flush=True,
    )
    days = settings.full_check_every
    part = f"{int(time.time() / 86400) % days + 1}/{days}"
    with locks.in_use():
        restic("check", "--no-lock", f"--read-data-subset={part}")
    print(f"prune: part {part} of the repository was read and is whole", flush=True)
    metrics.write("prune", {"last_success_timestamp_seconds": time.time(), "sets": kept})


def rules(keep: Keep) -> list[str]:
    """The retention as options of restic."""
    return [f"--keep-daily={keep.daily}", f"--keep-weekly={keep.weekly}", f"--keep-monthly={keep.monthly}"]


def superfluous(snapshots: list[Snapshot]) -> list[str]:
    """Snapshots that no backup needs: data without a manifest, WAL from before the oldest backup, older dumps."""
    kept = backups_of(snapshots)
    if not kept:
        return []
    data = {one["data"] for one in kept}
    wal = {one.id for one in wal_since(snapshots, min(began(snapshots, one) for one in kept))}
    needed = data | wal | {one.id for one in dumps_of(snapshots)[-DUMPS:]}
    return [one.id for one in snapshots if "set" not in one.tags and one.id not in needed]


@contextlib.contextmanager
def _in_turn() -> Iterator[None]:
    """Holds the repository for one step. The pause lets a waiting agent upload its WAL first."""
    time.sleep(1)
    with locks.alone():
        yield


def _forget(settings: Settings) -> tuple[int, int, int]:
    """(backups before, backups kept, other snapshots removed)"""
    installation.check_ours(settings, repository.snapshots(settings))
    with locks.alone():
        before = len(backups_of(repository.snapshots(settings, strict=True)))
        restic("forget", "--tag=set", "--group-by=host", *rules(settings.keep))
        snapshots = repository.snapshots(settings)
    # A snapshot that is not needed now cannot become needed.
    removed = superfluous(snapshots)
    for start in range(0, len(removed), 100):
        with _in_turn():
            restic("forget", *removed[start : start + 100])
    return before, len(backups_of(snapshots)), len(removed)


def _pack() -> int:
    """Removes data that no snapshot refers to. Returns the number of steps."""
    for step in itertools.count(1):
        # A full volume has no room to repack, but whole packs can still be removed.
        tight = where().startswith("/") and shutil.disk_usage(where()).free < 2**30
        with _in_turn():
            done = run_restic("prune", f"--max-repack-size={0 if tight else STEP}", quiet=False)
            checked(done)
        if not PACKED.search(done.stdout):
            return step
    raise AssertionError("itertools.count never ends")
