import sqlite3
from unittest import mock

from matrix_migration import place, source, step_update
from matrix_migration.problem import Problem
from migration_case import SETTINGS, MigrationCase
from output import outcome


class StepUpdate(MigrationCase):
    def test_runs_the_program_of_synapse_on_the_copy_once(self) -> None:
        self.copied(place.COPIED)
        self.assertIn("schema 92 became 92", outcome(step_update.run, SETTINGS)[1])
        self.assertEqual([command[0] for command in self.programs], ["update_synapse_database"])
        self.assertEqual(place.state()["step"], place.UPDATED)
        self.assertIn("done before", outcome(step_update.run, SETTINGS)[1])

    def test_refuses_while_updates_are_unfinished(self) -> None:
        self.copied(place.COPIED)
        self.in_copy("INSERT INTO background_updates VALUES ('slow')")
        with self.assertRaisesRegex(Problem, "1 background updates are unfinished"):
            step_update.run(SETTINGS)
        self.assertEqual(place.state()["step"], place.COPIED)

    def test_says_how_many_it_has_finished(self) -> None:
        self.copied(place.COPIED)
        self.in_copy("INSERT INTO background_updates VALUES ('slow')")
        with mock.patch.object(source, "run", lambda *_: self.in_copy("DELETE FROM background_updates")):
            self.assertIn("of 1 unfinished background updates none is left", outcome(step_update.run, SETTINGS)[1])

    def in_copy(self, statement: str) -> None:
        with sqlite3.connect(place.copy()) as copy:
            copy.execute(statement)
        copy.close()

    def test_needs_a_copy(self) -> None:
        self.assertRaisesRegex(Problem, "matrix-migration-copy", step_update.run, SETTINGS)
