"""Looks after archive, log, jobs and drills: what is wrong is said once, when it begins and when it ends.

Environment: RECOVERY_POINT (seconds), MAX_AGE_BACKUP, MAX_AGE_PRUNE, MAX_AGE_DRILL and MAX_AGE_DUMP (seconds), CRONJOBS (part=name …).
"""
import os
import time

import psycopg2

import kube
import metrics
import repository
from shipper import ARCHIVE_TIMEOUT

PERIOD = 5
RECOVERY_POINT = float(os.environ["RECOVERY_POINT"])
#: Nothing is said of what ends by itself, as a restart does.
PATIENCE = 30
PARTS = dict(word.split("=", 1) for word in os.environ["CRONJOBS"].split())
#: Looked after here, besides the jobs.
OWN_PARTS = ("archive", "log", "annotations", "notes")
ARCHIVER = """
SELECT archived_count, failed_count, coalesce(extract(epoch FROM last_archived_time), 0),
       coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false),
       pg_walfile_name(pg_current_wal_lsn()) FROM pg_stat_archiver"""


class Watcher:
    """One thread watches; others ask for its problems, by part."""

    def __init__(self, shipper):
        self.shipper = shipper
        self.problems = {}
        self.archiver = (0, 0, 0, False, None)
        self.file_since = time.time()
        self.seen = {}
        self.told = {}
        self.began = first_seen()

    def archive(self):
        connection = psycopg2.connect(dbname="postgres", connect_timeout=5, application_name="matrix-backup-agent")
        try:
            with connection.cursor() as cursor:
                cursor.execute(ARCHIVER)
                before, self.archiver = self.archiver, cursor.fetchone()
                if self.archiver[4] != before[4]:
                    self.file_since = time.time()
                elif time.time() - self.file_since > ARCHIVE_TIMEOUT:
                    # After a start PostgreSQL minds its own archive_timeout only from the first checkpoint on.
                    cursor.execute("SELECT pg_switch_wal()")
        finally:
            connection.close()
        return "PostgreSQL cannot hand over its log, see its own log" if self.archiver[3] else None

    def log(self):
        age = self.shipper.unshipped_seconds()
        if age + ARCHIVE_TIMEOUT <= RECOVERY_POINT:
            return None
        return f"log of {age:.0f} s ago is not in the repository yet{': ' + self.shipper.problem if self.shipper.problem else ''}"

    def job(self, part):
        """A job that fails and one that never runs look the same: its last success is too long ago."""
        last = metrics.read(part)[0].get("last_success_timestamp_seconds", self.began)
        age = time.time() - last
        return f"the last {part} that succeeded is {age / 3600:.0f} hours ago" if age > float(os.environ[f"MAX_AGE_{part.upper()}"]) else None

    def tell(self):
        """Writes what a part has said on its CronJob, where kubectl shows it."""
        for part, name in PARTS.items():
            text = metrics.read(part)[1]
            if not text or self.told.get(part) == text:
                continue
            path = f"/apis/batch/v1/namespaces/{kube.namespace()}/cronjobs/{name}"
            body = {"metadata": {"annotations": {f"oriso-matrix/last-{part}": text}}}
            status, answer = kube.call("PATCH", path, body, "application/merge-patch+json", attempts=1)
            if status != 200:
                return f"CronJob {name}: {status} {answer.get('message')}"
            self.told[part] = text
        return None

    def note(self):
        """For the drill, which publishes it with the recovery time."""
        metrics.write("agent", {"first_seen_timestamp_seconds": self.began, "recovery_point_seconds": self.shipper.recovery_point()})

    def judge(self, part, check, patience=0):
        try:
            problem = check()
        except (repository.Problem, OSError, psycopg2.Error, SystemExit) as caught:
            problem = " ".join(str(caught).split())
        if not problem:
            self.seen.pop(part, None)
        elif time.time() - self.seen.setdefault(part, time.time()) < patience:
            return
        if problem and part not in self.problems:
            print(f"agent: PROBLEM with {part}: {problem}", flush=True)
        if not problem and part in self.problems:
            print(f"agent: {part} is well again", flush=True)
        others = {key: text for key, text in self.problems.items() if key != part}
        self.problems = {**others, part: problem} if problem else others

    def watch_for_ever(self):
        while True:
            for part, check in zip(OWN_PARTS, (self.archive, self.log, self.tell, self.note)):
                self.judge(part, check, PATIENCE)
            for part in PARTS:
                self.judge(part, lambda part=part: self.job(part))
            time.sleep(PERIOD)


def first_seen():
    """When this claim was first watched over: the ages of what has never happened count from then."""
    values, _ = metrics.read("agent")
    if "first_seen_timestamp_seconds" not in values:
        values = {"first_seen_timestamp_seconds": time.time()}
        metrics.write("agent", values)
    return values["first_seen_timestamp_seconds"]
