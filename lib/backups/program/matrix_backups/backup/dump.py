"""`dump store`: stores the dump made by dump-database.sh."""

import time

from matrix_backups import installation, locks, metrics, repository, staging
from matrix_backups.mounts import BACKUP
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings

WORK = BACKUP / "dump"


def run(settings: Settings) -> None:
    """Stores the dump."""
    if not settings.database:
        raise Problem("the database is managed elsewhere: its owner dumps it")
    with staging.taken_over("dump", WORK.name) as facts:
        repository.ensure(settings)
        with locks.in_use():
            installation.check_ours(settings, repository.snapshots(settings))
            dump_id = time.strftime("dump-%Y%m%dT%H%M%SZ", time.gmtime())
            tags = ["dump", f"id={dump_id}", *(f"{name}={value}" for name, value in facts.items())]
            _, unread = repository.store(settings, [WORK], tags)
        if unread:
            raise Problem(f"{unread[0]} could not be read, so no dump is stored: run this job again")
        print(f"dump: {dump_id} is stored", flush=True)
        metrics.write("dump", {"last_success_timestamp_seconds": time.time()})
