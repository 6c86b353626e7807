"""`list`: lists the backups, the dumps, and the moments that can be restored."""

from matrix_backups import locks, repository
from matrix_backups.catalog import backups_of, described, dumps_of, with_database
from matrix_backups.problem import Problem
from matrix_backups.restic import where
from matrix_backups.settings import Settings


def run(settings: Settings) -> None:
    """Prints the list."""
    with locks.in_use():
        snapshots = repository.snapshots(settings)
    backups = backups_of(snapshots)
    if not backups:
        job = f"--from=cronjob/{settings.jobs['backup'].cron_job} first-backup"
        raise Problem(f"{where()} has no backup yet: make one with {settings.kubectl} create job {job}")
    print(f"backups in {where()}:{described(backups)}")
    if databases := with_database(backups):
        uploaded = [one.time for one in snapshots if "wal" in one.tags]
        until = (uploaded[-1:] or ["?"])[0][:19]
        print(f"any moment from {databases[0]['finished']} to {until}Z can be restored (time=)")
    for one in dumps_of(snapshots):
        print(f"{one.facts['id']}, of PostgreSQL {one.facts['postgres']}")
