from matrix_migration.problem import Problem
from matrix_migration.target import Target
from migration_case import MigrationCase


class TargetTest(MigrationCase):
    def kind(self, *facts: object) -> None:
        self.postgres.answers["server_version_num"] = [facts]
        Target().check_kind()

    def test_takes_utf8_with_locale_c(self) -> None:
        self.kind(170011, "UTF8", "C", "C")

    def test_refuses_another_locale_or_version(self) -> None:
        with self.assertRaisesRegex(
            Problem, "encoding UTF8 and locale en_US.utf8/en_US.utf8, but Synapse needs UTF8 and C"
        ):
            self.kind(170011, "UTF8", "en_US.utf8", "en_US.utf8")
        with self.assertRaisesRegex(Problem, "PostgreSQL 13 is too old"):
            self.kind(130011, "UTF8", "C", "C")

    def test_refuses_a_database_with_tables(self) -> None:
        self.postgres.answers["FROM pg_class"] = [(0,)]
        Target().check_empty("Help")
        self.postgres.answers["FROM pg_class"] = [(7,)]
        with self.assertRaisesRegex(Problem, "PostgreSQL is not empty: it has 7 tables and sequences. Help"):
            Target().check_empty("Help")
