import dataclasses
import unittest

from backup_case import in_time, stored, uploaded
from matrix_backups.catalog import Snapshot, backups_of, began
from matrix_backups.wal_chain import wal_bytes, wal_for

FIRST = stored("first", "2026-01-01T02:05")
SECOND = stored("second", "2026-01-02T02:05")
THIRD = stored("third", "2026-01-03T02:05")
SNAPSHOTS = [
    *FIRST,
    uploaded("early", "2026-01-01T12:00"),
    *SECOND,
    uploaded("late", "2026-01-02T12:00"),
    *THIRD,
    uploaded("last but one", "2026-01-03T12:00"),
    uploaded("last", "2026-01-03T12:01"),
]


def chain(backup: str, time: str | None = None, snapshots: list[Snapshot] = SNAPSHOTS) -> list[str]:
    """The snapshots with the WAL from a backup to a moment."""
    snapshots = in_time(snapshots)
    chosen = next(one for one in backups_of(snapshots) if one["id"] == backup)
    return [one.id for one in wal_for(snapshots, chosen, time)]


class WalOfABackup(unittest.TestCase):
    def test_to_the_end_is_in_what_was_sealed_with_each_backup_and_in_what_was_uploaded_last(self) -> None:
        self.assertEqual(chain("second"), ["log-second", "log-third", "last"])
        self.assertEqual(chain("third"), ["log-third", "last"])

    def test_to_a_moment_ends_with_the_first_snapshot_that_was_sealed_later(self) -> None:
        self.assertEqual(chain("first", "2026-01-01T20:00:00Z"), ["log-first", "log-second"])
        self.assertEqual(chain("first", "2026-01-02T20:00:00Z"), ["log-first", "log-second", "log-third"])

    def test_to_the_very_second_in_which_one_was_sealed_takes_the_next_one_too(self) -> None:
        self.assertEqual(chain("first", "2026-01-02T02:05:00Z"), ["log-first", "log-second"])
        self.assertEqual(chain("first", "2026-01-02T02:05:01Z"), ["log-first", "log-second", "log-third"])

    def test_to_a_moment_after_all_that_was_sealed_is_in_what_was_uploaded_last(self) -> None:
        self.assertEqual(chain("second", "2026-01-03T12:00:30Z"), ["log-second", "log-third", "last"])

    def test_is_in_what_another_archive_has_uploaded_last_too(self) -> None:
        """The claim, and with it the archive, was lost in between."""
        snapshots = [
            *FIRST,
            uploaded("of the dead one, before", "2026-01-01T12:00"),
            uploaded("last of the dead one", "2026-01-01T12:01"),
            *stored("second", "2026-01-02T02:05", "new archive"),
            uploaded("last", "2026-01-02T12:00", "new archive"),
        ]
        wanted = ["log-first", "last of the dead one", "log-second"]
        self.assertEqual(chain("first", None, snapshots), [*wanted, "last"])
        # A sealed snapshot covers its own archive only.
        self.assertEqual(chain("first", "2026-01-01T12:00:00Z", snapshots), wanted)

    def test_begins_with_the_first_snapshot_that_was_made_for_the_backup(self) -> None:
        self.assertEqual(began(FIRST, backups_of(FIRST)[0]), "2026-01-01T02:05:00.123456789Z")

    def test_is_not_looked_for_in_what_came_before(self) -> None:
        self.assertNotIn("early", chain("second"))
        self.assertNotIn("log-first", chain("second"))

    def test_is_as_many_bytes_as_are_fetched(self) -> None:
        first = [dataclasses.replace(one, size=5) for one in FIRST]
        second = [dataclasses.replace(one, size=7) for one in SECOND]
        snapshots = [*first, *second, uploaded("last", "2026-01-02T12:00")]
        self.assertEqual(wal_bytes(snapshots, backups_of(snapshots)[0]), 12)
