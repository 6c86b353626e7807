from backup_case import MANAGED, SETTINGS, BackupCase, listed, stored, uploaded
from matrix_backups import listing
from matrix_backups.catalog import Snapshot


class Listing(BackupCase):
    def test_names_backups_moments_and_dumps(self) -> None:
        dump = Snapshot("dump", "2026-01-02T05:30:00Z", ["dump"], {"id": "dump-one", "postgres": "17"})
        self.answer(listed(*stored("one", "2026-01-01T02:05"), uploaded("last", "2026-01-02T12:00"), dump))
        self.assertEqual(
            self.said(listing.run, SETTINGS),
            "backups in s3:https://s3.example.org/backups:\n"
            "  one: database system 7450000000000000001, timeline 1, 4096 bytes of database, 0 media files\n"
            "any moment from 2026-01-01T02:05:00Z to 2026-01-02T12:00:00Z can be restored (time=)\n"
            "dump-one, of PostgreSQL 17\n",
        )

    def test_names_no_moments_when_the_database_is_managed_elsewhere(self) -> None:
        self.answer(
            listed(Snapshot("set", "2026-01-01T02:05:02Z", ["set"], {"id": "one", "data": "data", "files": "3"}))
        )
        said = self.said(listing.run, MANAGED)
        self.assertEqual(said, "backups in s3:https://s3.example.org/backups:\n  one: 3 media files\n")

    def test_fails_without_a_backup(self) -> None:
        self.assertIn("s3:https://s3.example.org/backups has no backup yet", self.problem(listing.run, SETTINGS))
