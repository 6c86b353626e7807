"""`restore fetch`: chooses the backup or dump to restore, and fetches it."""

import contextlib
from pathlib import Path

from matrix_backups import dump, files, installation, locks, repository, restore_choice
from matrix_backups.catalog import Backup, Snapshot, backups_of, dumps_of
from matrix_backups.choose import by_name, choose
from matrix_backups.disarm import disarm
from matrix_backups.fetch import Volume, fetch, fetch_secrets, known_timelines, plan
from matrix_backups.mounts import HANDOVER
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings
from matrix_backups.timelines import Timelines
from matrix_backups.wal_chain import wal_bytes

#: While this file exists PostgreSQL does not start. It names the folder that the previous data was moved to.
MARKER = "restore-in-progress"


def run(settings: Settings) -> None:
    """Fetches what was chosen. Fails at once while a backup or another restore is running."""
    with locks.staging("restore", patience=0):
        choice = restore_choice.read(settings)
        if settings.database:
            DatabaseFetch(settings, Path(settings.database.data_path), choice).run()
            return
        with locks.in_use():
            snapshots = _snapshots(settings)
            backup = by_name(backups_of(snapshots), choice.get("set"))
            print(f"restore: backup {backup['id']}, without the database, which is managed elsewhere", flush=True)
            plan(action="restore", set=backup["id"], data=backup["data"], secrets=choice.get("secrets", ""))
            fetch_secrets(backup)


def _snapshots(settings: Settings) -> list[Snapshot]:
    """All snapshots. Notes the installations that this one replaces, for the next steps."""
    snapshots = repository.snapshots(settings)
    others = "".join(f"{one}\n" for one in sorted(installation.strangers(snapshots)))
    (HANDOVER / "predecessors").write_text(others, encoding="utf-8")
    return snapshots


class DatabaseFetch:
    """Fetches the files that a database in the cluster is restored from."""

    def __init__(self, settings: Settings, path: Path, choice: dict[str, str]) -> None:
        self._settings = settings
        self._volume = Volume(path)
        self._marker = path / MARKER
        self._choice = choice

    def run(self) -> None:
        """Fetches what was chosen. A failure leaves the database unchanged."""
        if self._choice.get("undo") == "true":
            plan(action="undo")
            return
        # PostgreSQL can write to this volume, and a link would be followed.
        if not files.is_plain(self._marker):
            files.write(self._marker, "")
        try:
            with locks.in_use():
                snapshots = _snapshots(self._settings)
                fetch_secrets(self._dump(snapshots) if self._choice.get("dump") == "true" else self._backup(snapshots))
        except BaseException:
            with contextlib.suppress(OSError):
                self._volume.clean()
            # A marker with content belongs to a restore that was interrupted after it had moved data.
            if self._marker.lstat().st_size == 0:
                self._marker.unlink()
            print("restore: the database is as it was", flush=True)
            raise

    def _make_room(self, need: int) -> None:
        self._volume.clean()
        prefixes = ("pgdata.before-restore-", "pgdata.undone-")
        aside = [path for path in self._volume.path.iterdir() if path.name.startswith(prefixes)]
        # A marker with content names the only good data, moved aside by an interrupted restore.
        if self._choice.get("discard") == "true" and not self._marker.lstat().st_size:
            for path in aside:
                files.remove(path)
        names = " ".join(path.name for path in aside)
        remedy = f"enlarge the claim, or add --from-literal=discard=true to the choice to remove {names}"
        self._volume.check_room(need, remedy if aside else "enlarge the claim")

    def _dump(self, snapshots: list[Snapshot]) -> Backup:
        dumps, backups = dumps_of(snapshots), backups_of(snapshots)
        if not dumps or not backups:
            job = f"--from=cronjob/{self._settings.jobs['dump'].cron_job} dump"
            raise Problem(f"there is no dump yet: make one with {self._settings.kubectl} create job {job}")
        facts = dumps[-1].facts
        print(f"restore: {facts['id']}", flush=True)
        self._make_room(2 * int(facts["bytes"]))
        if damaged := fetch(dumps[-1].id, dump.WORK, self._volume.dump):
            raise Problem(f"{facts['id']} is damaged ({damaged[0]}): restore a backup, or make another dump")
        self._warn(disarm(self._volume.dump, self._volume.wal))
        plan(action="dump", set=facts["id"], data=backups[-1]["data"], secrets=self._choice.get("secrets", ""))
        return backups[-1]

    def _backup(self, snapshots: list[Snapshot]) -> Backup:
        folders = known_timelines(snapshots)
        backup, timeline = choose(backups_of(snapshots), lambda system: Timelines(folders, system), self._choice)
        time = self._choice.get("time", "")
        print(f"restore: backup {backup['id']}, to {time or 'the end of the WAL'} on timeline {timeline}", flush=True)
        self._make_room(int(backup["bytes"]) + wal_bytes(snapshots, backup, time))
        facts = {name: self._choice.get(name, "") for name in ("secrets", "receiver")}
        self._warn(self._volume.fetch(snapshots, backup, timeline, time, folders, action="restore", **facts))
        return backup

    def _warn(self, left_out: list[str]) -> None:
        for one in left_out:
            print(f"restore: WARNING: left out, because our systems never make it: {one}", flush=True)
