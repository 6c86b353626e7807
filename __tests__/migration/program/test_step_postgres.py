import dataclasses
from unittest import mock

from matrix_migration import step_postgres, writers
from matrix_migration.problem import Problem
from migration_case import SETTINGS, MigrationCase
from output import outcome


class StepPostgres(MigrationCase):
    def setUp(self) -> None:
        super().setUp()
        self.base = self.data / "pgdata/base/16384"
        for patch in (mock.patch.object(step_postgres, "VOLUME", self.data), mock.patch.object(writers, "gone")):
            patch.start()
            self.addCleanup(patch.stop)

    def run_on(self, version: str, *files: str) -> str:
        self.base.mkdir(parents=True)
        (self.data / "pgdata/PG_VERSION").write_text(f"{version}\n", encoding="ascii")
        for name in files:
            (self.base / name).touch()
        return outcome(step_postgres.run, SETTINGS)[1]

    def test_an_empty_one_of_another_version_is_kept_aside(self) -> None:
        said = self.run_on("15", "1259", "1259_fsm", "pg_filenode.map", "PG_VERSION")
        self.assertRegex(said, r"kept as pgdata\.postgresql-15, .*; \d+ MB are free on its claim")
        self.assertTrue((self.data / "pgdata.postgresql-15/base/16384/1259").exists())
        self.assertIn("has no database", outcome(step_postgres.run, SETTINGS)[1])

    def test_one_with_a_table_is_left_as_it_is(self) -> None:
        with self.assertRaisesRegex(Problem, "PostgreSQL 15 is not empty: it has at least 1 tables or indexes"):
            self.run_on("15", "1259", "16385", "16385_vm")
        self.assertTrue(self.base.exists())

    def test_one_of_this_version_is_left_as_it_is(self) -> None:
        self.assertIn("nothing was changed", self.run_on("17", "16385"))

    def test_an_older_one_aside_is_never_replaced(self) -> None:
        (self.data / "pgdata.postgresql-15").mkdir()
        with self.assertRaisesRegex(Problem, "exists already"):
            self.run_on("15")

    def test_there_is_nothing_to_do_where_it_is_managed_elsewhere(self) -> None:
        with self.assertRaisesRegex(Problem, "managed elsewhere"):
            step_postgres.run(dataclasses.replace(SETTINGS, database=None))
