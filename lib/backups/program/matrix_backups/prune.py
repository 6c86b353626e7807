"""Forgets the sets beyond the retention, and what only they needed; then checks a part of what is kept, every day another.

Environment: KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY, CHECK_DAYS (in how many days everything is read once).
"""
import contextlib
import itertools
import os
import re
import shutil
import time

import metrics
import repository
import sets
import spool

KEEP = [f"--keep-{span}={os.environ[f'KEEP_{span.upper()}']}" for span in ("daily", "weekly", "monthly")]
DUMPS = 2
#: As much is packed anew in one turn.
STEP = os.environ.get("REPACK_STEP", "128M")
PACKED = re.compile("to repack: +[1-9]")


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


@contextlib.contextmanager
def in_turn():
    """Alone in the repository, after whoever waits to ship log: while somebody is alone, none is."""
    time.sleep(1)
    with repository.alone():
        yield


def forget():
    """(how many sets there were, how many are kept, how many other snapshots are not needed any more)"""
    spool.check_ours(repository.snapshots())
    with repository.alone():
        before = len(sets.sets_of(repository.snapshots(strict=True)))
        repository.restic("forget", "--tag=set", "--group-by=host", *KEEP)
        snapshots = repository.snapshots()
    # What nobody needs now, nobody can come to need.
    removed = superfluous(snapshots)
    for start in range(0, len(removed), 100):
        with in_turn():
            repository.restic("forget", *removed[start:start + 100])
    return before, len(sets.sets_of(snapshots)), len(removed)


def pack():
    """Removes the data that no snapshot has any more, and says in how many steps."""
    for step in itertools.count(1):
        # On a full volume nothing can be packed anew; whole packs can be removed still.
        tight = repository.where().startswith("/") and shutil.disk_usage(repository.where()).free < 2 ** 30
        with in_turn():
            done = repository.run("prune", f"--max-repack-size={0 if tight else STEP}", quiet=False)
            repository.checked(done)
        if not PACKED.search(done.stdout):
            return step


def work():
    days = int(os.environ["CHECK_DAYS"])
    before, kept, removed = forget()
    steps = pack()
    print(f"prune: {before - kept} sets are forgotten, {kept} are kept, {removed} other snapshots were not needed any more; {steps} steps", flush=True)
    part = f"{int(time.time() / 86400) % days + 1}/{days}"
    with repository.in_use():
        repository.restic("check", "--no-lock", f"--read-data-subset={part}")
    print(f"prune: part {part} of the repository was read and is whole", flush=True)
    metrics.write("prune", {"last_success_timestamp_seconds": time.time(), "sets": kept})


repository.main("prune", work)
