import sqlite3

from matrix_migration import place, step_update
from matrix_migration.problem import Problem
from migration_case import SETTINGS, MigrationCase
from output import outcome


class StepUpdate(MigrationCase):
    def test_runs_the_program_of_synapse_on_the_copy_once(self) -> None:
        self.copied(place.COPIED)
        self.assertIn("no background update is left", outcome(step_update.run, SETTINGS)[1])
        self.assertEqual([command[0] for command in self.programs], ["update_synapse_database"])
        self.assertEqual(place.state()["step"], place.UPDATED)
        self.assertIn("done before", outcome(step_update.run, SETTINGS)[1])

    def test_refuses_while_updates_are_unfinished(self) -> None:
        self.copied(place.COPIED)
        with sqlite3.connect(place.copy()) as copy:
            copy.execute("INSERT INTO background_updates VALUES ('slow')")
        copy.close()
        with self.assertRaisesRegex(Problem, "1 background updates are unfinished"):
            step_update.run(SETTINGS)
        self.assertEqual(place.state()["step"], place.COPIED)

    def test_needs_a_copy(self) -> None:
        self.assertRaisesRegex(Problem, "matrix-migration-copy", step_update.run, SETTINGS)
