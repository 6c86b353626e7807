from backup_case import SETTINGS, BackupCase, in_time, listed, stored, uploaded
from matrix_backups import installation, metrics, prune
from matrix_backups.catalog import Snapshot

FIRST = stored("first", "2026-01-01T02:05")
SECOND = stored("second", "2026-01-02T02:05")


def superfluous(*snapshots: Snapshot) -> list[str]:
    """IDs of the snapshots that are no longer needed, oldest first."""
    return prune.superfluous(in_time(list(snapshots)))


def dump(name: str, time: str) -> Snapshot:
    return Snapshot(name, f"{time}:00Z", ["dump"], {"id": f"dump-{name}"})


class Prune(BackupCase):
    def test_keeps_all_of_two_backups_and_the_wal_from_the_first_of_them_on(self) -> None:
        self.assertEqual(superfluous(*FIRST, *SECOND, uploaded("last", "2026-01-02T12:00")), [])

    def test_forgets_what_was_uploaded_between_two_backups(self) -> None:
        self.assertEqual(superfluous(*FIRST, uploaded("between", "2026-01-01T12:00"), *SECOND), ["between"])

    def test_forgets_data_without_a_backup(self) -> None:
        """The backup was never finished, or has been removed."""
        data, wal, _ = stored("broken", "2026-01-01T14:05")
        old = stored("gone", "2025-12-01T02:05")[0]
        self.assertEqual(superfluous(old, *FIRST, data, wal, *SECOND), ["data-gone", "data-broken"])

    def test_forgets_wal_from_before_the_oldest_backup_and_none_of_what_came_later(self) -> None:
        sealed = stored("gone", "2025-12-01T02:05")[1]
        old = uploaded("long ago", "2025-12-01T12:00")
        last = uploaded("last", "2026-01-01T12:00")
        self.assertEqual(superfluous(sealed, old, *FIRST, last), ["log-gone", "long ago"])

    def test_never_forgets_a_backup_or_the_data_of_one(self) -> None:
        self.assertEqual(superfluous(*stored("oldest", "2025-01-01T02:05"), *FIRST, *SECOND), [])

    def test_keeps_the_last_wal_of_a_dead_archive_as_long_as_a_backup_is_older(self) -> None:
        dead = [uploaded("before", "2026-01-01T12:00"), uploaded("last of it", "2026-01-01T12:01")]
        later = stored("later", "2026-01-03T02:05", "new archive")
        self.assertEqual(superfluous(*FIRST, *dead, *later), ["before"])
        # A later backup does not need it.
        self.assertEqual(superfluous(*dead, *later), ["before", "last of it"])

    def test_keeps_two_dumps(self) -> None:
        dumps = [dump(f"dump {day}", f"2025-12-{day}T05:30") for day in (13, 20, 27)]
        self.assertEqual(superfluous(*dumps, *FIRST), ["dump 13"])

    def test_forgets_nothing_when_there_is_no_backup(self) -> None:
        """The snapshots may be the only data left."""
        there = [*FIRST[:2], uploaded("last", "2026-01-01T12:00"), dump("dump", "2026-01-01T13:00")]
        self.assertEqual(superfluous(*there), [])
        self.assertEqual(superfluous(), [])

    def test_needs_no_wal_where_the_database_is_managed_elsewhere(self) -> None:
        data = Snapshot("data", "2026-01-01T02:05:00Z", ["data"], {"for": "one"})
        backup = Snapshot("set", "2026-01-01T02:05:02Z", ["set"], {"id": "one", "data": "data", "files": "1"})
        left = Snapshot("left", "2026-01-02T02:05:00Z", ["data"], {"for": "two"})
        self.assertEqual(superfluous(data, backup, left), ["left"])

    def test_takes_what_is_kept_from_the_settings(self) -> None:
        self.assertEqual(prune.rules(SETTINGS.keep), ["--keep-daily=7", "--keep-weekly=4", "--keep-monthly=3"])

    def test_forgets_packs_and_checks_a_part(self) -> None:
        self.answer(listed(*stored("first", "2026-01-01T02:05", installation.name())))
        said = self.said(prune.run, SETTINGS)
        self.assertRegex(
            said, r"^prune: 0 backups are forgotten, 1 are kept, 0 other snapshots .*; 1 steps\nprune: part \d/7 "
        )
        self.assertIn("forget --tag=set --group-by=host --keep-daily=7 --keep-weekly=4 --keep-monthly=3", self.calls())
        self.assertEqual(metrics.read("prune")[0]["sets"], 1)
