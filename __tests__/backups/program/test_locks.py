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
            message = "backup (this-pod) is still running: wait until it is done, then run this job again"
            self.assertEqual(self.problem(self.held, "restore", patience=0), message)
        self.held("restore", patience=0)

    def test_is_waited_for_within_the_patience(self) -> None:
        with locks.staging("dump"), mock.patch.object(locks.time, "sleep") as slept:
            with mock.patch.object(locks.time, "monotonic", side_effect=range(0, 100000, 3600)):
                self.assertIn("dump (this-pod) is still running", self.problem(self.held, "backup"))
            self.assertEqual(slept.call_count, 2)

    def test_is_refused_at_once_while_a_restore_is_running(self) -> None:
        """A base backup from before a restore is useless after it."""
        with locks.staging("restore"):
            self.assertIn("restore (this-pod) is still running", self.problem(self.held, "backup"))

    def test_ends_with_its_holder(self) -> None:
        with self.assertRaises(ValueError), locks.staging("backup"):
            raise ValueError
        self.held("restore", patience=0)
        self.assertEqual((BACKUP / "staging.lock").read_text(), "")
