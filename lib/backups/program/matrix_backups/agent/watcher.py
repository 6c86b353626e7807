"""Looks after WAL, jobs and drills: what is wrong is said once, when it begins and when it ends."""

import time
from collections.abc import Callable

import kubernetes_api
from matrix_backups import metrics
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings
from matrix_backups.shipper import Shipper

PERIOD = 5
#: Nothing is said of what ends by itself, as a restart does.
PATIENCE = 30
Check = Callable[[], str | None]


class Watcher:
    """One thread watches; others ask for its problems, by part. Without a database of ours there is no shipper."""

    def __init__(self, settings: Settings, shipper: Shipper | None, archive: Check | None) -> None:
        self._settings = settings
        self._shipper = shipper
        self._seen: dict[str, float] = {}
        self._told: dict[str, str] = {}
        self._began = first_seen()
        self.problems: dict[str, str] = {}
        database: dict[str, Check] = {"archive": archive, "log": self.wal} if archive else {}
        #: Looked after here, besides the jobs.
        self._own: dict[str, Check] = {**database, "annotations": self.tell, "notes": self.note}

    @property
    def parts(self) -> list[str]:
        """All that is looked after."""
        return [*self._own, *self._settings.jobs]

    def wal(self) -> str | None:
        """Whether WAL comes to the repository in time."""
        if not self._shipper:
            return None
        age = self._shipper.unshipped_seconds()
        if age + self._settings.archive_timeout <= self._settings.recovery_point_objective:
            return None
        why = f": {self._shipper.problem}" if self._shipper.problem else ""
        return f"WAL of {age:.0f} s ago is not in the repository yet{why}"

    def job(self, part: str) -> str | None:
        """A job that fails and one that never runs look the same: its last success is too long ago."""
        last = metrics.read(part)[0].get("last_success_timestamp_seconds", self._began)
        age = time.time() - last
        late = age > self._settings.jobs[part].maximum_age
        return f"the last {part} that succeeded is {age / 3600:.0f} hours ago" if late else None

    def tell(self) -> str | None:
        """Writes what a part has said on its CronJob, where kubectl shows it."""
        for part, job in self._settings.jobs.items():
            text = metrics.read(part)[1]
            if not text or self._told.get(part) == text:
                continue
            path = f"/apis/batch/v1/namespaces/{kubernetes_api.namespace()}/cronjobs/{job.cron_job}"
            body = {"metadata": {"annotations": {f"oriso-matrix/last-{part}": text}}}
            status, answer = kubernetes_api.call("PATCH", path, body, "application/merge-patch+json", attempts=1)
            if status != 200:
                return f"CronJob {job.cron_job}: {status} {answer.get('message')}"
            self._told[part] = text
        return None

    def note(self) -> str | None:
        """For the drill, which publishes it with the recovery time."""
        values = {"first_seen_timestamp_seconds": self._began}
        if self._shipper:
            values["recovery_point_seconds"] = self._shipper.recovery_point()
        metrics.write("agent", values)
        return None

    def judge(self, part: str, check: Check, patience: float = 0) -> None:
        """Looks at a part, and says what has changed."""
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
        """Looks at everything once."""
        for part, check in self._own.items():
            self.judge(part, check, PATIENCE)
        for part in self._settings.jobs:
            self.judge(part, lambda part=part: self.job(part))  # type: ignore[misc]

    def watch_for_ever(self) -> None:
        """Looks at everything again and again."""
        while True:
            self.watch()
            time.sleep(PERIOD)


def first_seen() -> float:
    """When this claim was first watched over: the ages of what has never happened count from then."""
    values, _ = metrics.read("agent")
    if "first_seen_timestamp_seconds" not in values:
        values = {"first_seen_timestamp_seconds": time.time()}
        metrics.write("agent", values)
    return values["first_seen_timestamp_seconds"]
