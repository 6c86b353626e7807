from unittest import mock

from backup_case import BackupCase
from matrix_backups import locks
from matrix_backups.mounts import BACKUP


class Staging(BackupCase):
    def held(self, what: str, **how: float) -> None:
        with locks.staging(what, **how):  # type: ignore[arg-type]
            pass

    def test_is_held_by_one_at_a_time_and_names_it(self) -> None:
        with locks.staging("backup"):
            self.assertEqual((BACKUP / "staging.lock").read_text(), "backup (this-pod)\n")
            message = "backup (this-pod) is at work: wait until it is done, then run this again"
            self.assertEqual(self.problem(self.held, "restore", patience=0), message)
        self.held("restore", patience=0)

    def test_is_waited_for_as_long_as_patience_lasts(self) -> None:
        with locks.staging("dump"), mock.patch.object(locks.time, "sleep") as slept:
            with mock.patch.object(locks.time, "monotonic", side_effect=range(0, 100000, 3600)):
                self.assertIn("dump (this-pod) is at work", self.problem(self.held, "backup"))
            self.assertEqual(slept.call_count, 2)

    def test_is_not_waited_for_while_a_restore_is_at_work(self) -> None:
        """A copy of the database from before it is of no use after it."""
        with locks.staging("restore"):
            self.assertIn("restore (this-pod) is at work", self.problem(self.held, "backup"))

    def test_ends_with_its_holder(self) -> None:
        with self.assertRaises(ValueError), locks.staging("backup"):
            raise ValueError
        self.held("restore", patience=0)
        self.assertEqual((BACKUP / "staging.lock").read_text(), "")
