"""Looks at the repository after a kill: is it whole, which sets are listed, how old is the newest log in it, and which row must be in
what is restored from now on?

usage: look.py RECOVERY_POINT
"""
import datetime
import json
import sys
import time

from matrix_backups import locks, repository, restic, settings
from matrix_backups.catalog import backups_of


def acknowledged(until):
    number = 0
    with open("/crashtest/shared/acknowledged", encoding="utf-8") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 200_000))
        for line in file.read().splitlines()[1:-1]:
            one, moment = line.split()
            if float(moment) <= until:
                number = int(one)
    return number


def work():
    begun = time.time()
    must = acknowledged(begun - float(sys.argv[1]))
    with locks.in_use():
        waited = time.time() - begun
        code, answers = restic.restic("check", "--no-lock", allow=(1,))
        snapshots = repository.snapshots(settings.load(), strict=True)
    said = [] if code == 0 else [answer.get("message", "") for answer in answers]
    times = [datetime.datetime.fromisoformat(one.time).timestamp() for one in snapshots if "wal" in one.tags]
    ids = [one["id"] for one in backups_of(snapshots)]
    print(json.dumps({"sets": ids, "damage": said, "must": must, "age": time.time() - max(times, default=0), "waited": waited}))


work()
