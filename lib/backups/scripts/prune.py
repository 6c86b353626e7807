"""Forgets the sets beyond the retention, and what only they needed; then checks a part of what is kept, every day another.

Environment: KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY, CHECK_DAYS (in how many days everything is read once).
"""
import os
import shutil
import time

import metrics
import repository
import sets

KEEP = [f"--keep-{span}={os.environ[f'KEEP_{span.upper()}']}" for span in ("daily", "weekly", "monthly")]
DUMPS = 2


def superfluous(snapshots):
    """Snapshots that no set needs: data that were never finished or whose set is gone, log before the oldest set, older dumps."""
    kept = sets.sets_of(snapshots)
    if not kept:
        return []
    data = {one["data"] for one in kept}
    since = min(sets.began(snapshots, one) for one in kept)
    log = {one["id"] for one in sets.log_since(snapshots, since)}
    dumps = {one["id"] for one in [one for one in snapshots if "dump" in one["tags"]][-DUMPS:]}
    needed = data | log | dumps
    return [one["id"] for one in snapshots if "set" not in one["tags"] and one["id"] not in needed]


def work():
    days = int(os.environ["CHECK_DAYS"])
    with repository.alone():
        before = len(sets.sets_of(repository.snapshots(strict=True)))
        repository.restic("forget", "--tag=set", "--group-by=host", *KEEP)
        snapshots = repository.snapshots()
        removed = superfluous(snapshots)
        for start in range(0, len(removed), 100):
            repository.restic("forget", *removed[start:start + 100])
        # On a full volume nothing can be packed anew; whole packs can be removed still.
        tight = repository.where().startswith("/") and shutil.disk_usage(repository.where()).free < 2 ** 30
        repository.restic("prune", *(["--max-repack-size=0"] if tight else []))
    kept = len(sets.sets_of(snapshots))
    print(f"prune: {before - kept} sets are forgotten, {kept} are kept, {len(removed)} other snapshots were not needed any more", flush=True)
    part = f"{int(time.time() / 86400) % days + 1}/{days}"
    with repository.in_use():
        repository.restic("check", "--no-lock", f"--read-data-subset={part}")
    print(f"prune: part {part} of the repository was read and is whole", flush=True)
    metrics.write("prune", {"last_success_timestamp_seconds": time.time(), "sets": kept})


repository.main("prune", work)
