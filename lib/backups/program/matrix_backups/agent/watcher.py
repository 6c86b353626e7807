"""Watches WAL, jobs and drills. A problem is printed once when it begins and once when it ends."""

import time
from collections.abc import Callable

import kubernetes_api
from matrix_backups import metrics
from matrix_backups.problem import Problem
from matrix_backups.room import Room
from matrix_backups.settings import Settings
from matrix_backups.uploader import Uploader

PERIOD = 5
#: Seconds before a problem is reported: one that ends by itself, such as a restart, is not.
PATIENCE = 30
Check = Callable[[], str | None]


class Watcher:
    """One thread watches, others read its problems by part. There is no uploader for a database managed elsewhere."""

    def __init__(self, settings: Settings, uploader: Uploader | None, archive: Check | None) -> None:
        self._settings = settings
        self._uploader = uploader
        self._seen: dict[str, float] = {}
        self._told: dict[str, str] = {}
        self._began = first_seen()
        self._room = Room()
        self.problems: dict[str, str] = {}
        database: dict[str, Check] = {"archive": archive, "log": self.wal} if archive else {}
        #: The checks besides those of the jobs.
        self._own: dict[str, Check] = {**database, "annotations": self.tell, "notes": self.note}

    @property
    def parts(self) -> list[str]:
        """Names of everything that is watched."""
        return [*self._own, *self._settings.jobs]

    def wal(self) -> str | None:
        """The problem when WAL does not reach the repository in time."""
        if not self._uploader:
            return None
        age = self._uploader.waiting_seconds()
        if age + self._settings.archive_timeout <= self._settings.recovery_point_objective:
            return None
        why = f": {self._uploader.problem}" if self._uploader.problem else ""
        return f"WAL written {age:.0f} s ago is not in the repository yet{why}"

    def job(self, part: str) -> str | None:
        """The problem when a job has not succeeded for too long, because it fails or because it never runs."""
        job = self._settings.jobs[part]
        last = metrics.read(part)[0].get("last_success_timestamp_seconds", self._began)
        age = time.time() - last
        if age <= job.maximum_age:
            return None
        look = f"{self._settings.kubectl} describe cronjob/{job.cron_job}"
        return f"no {part} has succeeded for {age / 3600:.0f} hours; see {look}"

    def tell(self) -> str | None:
        """Annotates each CronJob with the last result of its job, for kubectl."""
        for part, job in self._settings.jobs.items():
            text = metrics.read(part)[1]
            if not text or self._told.get(part) == text:
                continue
            path = f"/apis/batch/v1/namespaces/{kubernetes_api.namespace()}/cronjobs/{job.cron_job}/status"
            # Its Role allows the status only, which does not include what a job runs; metadata are written with either.
            body = {"metadata": {"annotations": {f"oriso-matrix/last-{part}": text}}}
            status, answer = kubernetes_api.call("PATCH", path, body, "application/merge-patch+json", attempts=1)
            if status != 200:
                return f"CronJob {job.cron_job} could not be annotated: {status} {answer.get('message')}"
            self._told[part] = text
        return None

    def note(self) -> str | None:
        """Saves the recovery point for the drill, which publishes it with the recovery time."""
        values = {"first_seen_timestamp_seconds": self._began}
        if self._uploader:
            values["recovery_point_seconds"] = self._uploader.recovery_point()
        metrics.write("agent", values)
        return None

    def judge(self, part: str, check: Check, patience: float = 0) -> None:
        """Checks a part, and prints whether a problem has begun or ended."""
        try:
            problem = check()
        except (Problem, OSError, SystemExit) as caught:
            problem = str(caught)
        problem = " ".join(problem.split()) if problem else None
        now = time.time()
        if not problem:
            self._seen.pop(part, None)
        elif now - self._seen.setdefault(part, now) < patience:
            return
        if problem and part not in self.problems:
            print(f"agent: PROBLEM with {part}: {problem}", flush=True)
        if not problem and part in self.problems:
            print(f"agent: {part} is well again", flush=True)
        others = {key: text for key, text in self.problems.items() if key != part}
        self.problems = {**others, part: problem} if problem else others

    def watch(self) -> None:
        """Checks everything once."""
        for part, check in self._own.items():
            self.judge(part, check, PATIENCE)
        for part in self._settings.jobs:
            self.judge(part, lambda part=part: self.job(part))  # type: ignore[misc]
        self._room.look()

    def watch_for_ever(self) -> None:
        """Checks everything until the process ends."""
        while True:
            self.watch()
            time.sleep(PERIOD)


def first_seen() -> float:
    """When this claim was first watched. The age of a job that never succeeded counts from then."""
    values, _ = metrics.read("agent")
    if "first_seen_timestamp_seconds" not in values:
        values = {"first_seen_timestamp_seconds": time.time()}
        metrics.write("agent", values)
    return values["first_seen_timestamp_seconds"]
