import re
import shutil
import subprocess

from backup_case import MANAGED, SETTINGS, BackupCase, stored
from matrix_backups import installation
from matrix_backups.catalog import Snapshot
from matrix_backups.mounts import BACKUP, WAL
from matrix_backups.problem import Problem

STRANGE = stored("strange", "2026-01-02T02:05", "elsewhere")


class Installation(BackupCase):
    def refused(self, *snapshots: Snapshot) -> str:
        try:
            installation.check_ours(SETTINGS, list(snapshots))
        except Problem as problem:
            return str(problem)
        return ""

    def mine(self) -> list[Snapshot]:
        return stored("mine", "2026-01-01T02:05", installation.name())

    def test_has_a_name_that_stays_and_another_one_on_another_claim(self) -> None:
        name = installation.name()
        self.assertRegex(name, "^[0-9a-f]{12}$")
        self.assertEqual(installation.name(), name)
        shutil.rmtree(WAL)
        self.assertNotEqual(installation.name(), name)
        self.assertEqual([path.name for path in WAL.iterdir()], ["spool"])

    def test_keeps_its_name_whatever_postgresql_writes_to_the_archive(self) -> None:
        name = installation.name()
        (WAL / "spool").write_text("another")
        self.assertEqual(installation.name(), name)
        (WAL / "spool").unlink()
        (WAL / "spool").symlink_to("/etc/passwd")
        self.assertRegex(installation.name(), "^[0-9a-f]{12}$")
        self.assertFalse((WAL / "spool").is_symlink())

    def test_takes_over_the_name_that_an_earlier_version_kept_if_it_is_one(self) -> None:
        self.put(WAL / "spool", "0123456789ab")
        self.assertEqual(installation.name(), "0123456789ab")
        shutil.rmtree(BACKUP)
        self.put(WAL / "spool", "../../etc")
        self.assertIn("does not hold the name of an installation", self.problem(installation.name))

    def test_uses_a_repository_that_no_other_has_written_to(self) -> None:
        self.assertEqual(self.refused(), "")
        self.assertEqual(self.refused(*self.mine()), "")

    def test_refuses_a_repository_that_another_of_the_same_name_writes_to(self) -> None:
        self.assertIn(
            "another installation of example.org, named elsewhere, writes to the repository",
            self.refused(*self.mine(), *STRANGE),
        )

    def test_notices_another_without_a_database_of_its_own(self) -> None:
        backup = Snapshot("set", "2026-01-02T02:05:00Z", ["set"], {"id": "one", "data": "data", "spool": "elsewhere"})
        self.assertIn("named elsewhere", self.problem(installation.check_ours, MANAGED, [*self.mine(), backup]))

    def test_continues_after_a_restore_and_refuses_a_later_writer(self) -> None:
        installation.PREDECESSORS.write_text("elsewhere\n")
        self.assertEqual(self.refused(*STRANGE, *self.mine()), "")
        later = stored("later", "2026-01-03T02:05", "third")
        self.assertIn("named third", self.refused(*STRANGE, *later))

    def test_ignores_installations_that_ended_before_it_began(self) -> None:
        self.assertEqual(self.refused(*stored("before", "2025-12-31T02:05", "elsewhere"), *self.mine()), "")

    def test_continues_after_an_operator_ran_the_command_of_the_message(self) -> None:
        found = re.search("-- sh -c '(.*)'$", self.refused(*STRANGE))
        assert found
        subprocess.run(["sh", "-c", found[1]], check=True)
        self.assertEqual(self.refused(*STRANGE), "")
