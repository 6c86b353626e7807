from matrix_migration import place, step_back
from matrix_migration.problem import Problem
from matrix_migration.written import QUESTIONS
from migration_case import SETTINGS, MigrationCase
from output import outcome

WRITTEN = dict.fromkeys(QUESTIONS, 2)


class StepBack(MigrationCase):
    def setUp(self) -> None:
        super().setUp()
        self.postgres.answers = {
            "to_regclass": [(None,)],
            "max(": [(2,)],
            "FROM pg_class": [(180,)],
            "count(*)": [(2,)],
            "sum(": [(2,)],
        }

    def emptied(self) -> bool:
        return any("DROP TABLE IF EXISTS %s" in query for query in self.postgres.ran)

    def test_leaves_a_postgresql_that_no_move_has_written_to(self) -> None:
        self.copied(place.UPDATED)
        self.assertIn("is left as it is", outcome(step_back.run, SETTINGS)[1])
        self.assertFalse(self.emptied())
        self.assertFalse(place.folder().exists())

    def test_empties_what_the_move_has_written(self) -> None:
        self.copied(place.PORTING)
        self.assertIn("PostgreSQL is empty", outcome(step_back.run, SETTINGS)[1])
        self.assertTrue(self.emptied())
        self.assertTrue((self.data / "homeserver.db").exists())

    def test_undoes_a_finished_move_that_nobody_has_written_to(self) -> None:
        self.copied(place.COMPARED, written=WRITTEN)
        noted = self.data / "database-epoch.json"
        noted.touch()
        self.assertEqual(outcome(step_back.run, SETTINGS)[0], 0)
        self.assertTrue(self.emptied())
        self.assertFalse(noted.exists(), "the next database is not a restored one")

    def test_takes_a_database_that_an_operator_has_made_anew(self) -> None:
        self.copied(place.COMPARED, written={**WRITTEN, "files": 1})
        self.postgres.answers["FROM pg_class"] = [(0,)]
        self.assertEqual(outcome(step_back.run, SETTINGS)[0], 0)
        self.assertFalse(place.folder().exists())

    def test_refuses_when_people_have_written(self) -> None:
        self.copied(place.COMPARED, written={**WRITTEN, "files": 1, "passwords": 1})
        self.assertRaisesRegex(Problem, "people have written passwords, files, which only", step_back.run, SETTINGS)
        self.assertFalse(self.emptied())
        self.assertTrue(place.folder().exists())
