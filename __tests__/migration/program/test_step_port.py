import os
from pathlib import Path
from unittest import mock

from matrix_migration import place, step_port
from matrix_migration.problem import Problem
from migration_case import SETTINGS, MigrationCase
from output import outcome


class StepPort(MigrationCase):
    def setUp(self) -> None:
        super().setUp()
        self.postgres.answers = {
            "server_version_num": [(170000, "UTF8", "C", "C")],
            "FROM pg_class": [(0,)],
            "to_regclass": [(None,)],
        }

    def program(self, text: str) -> None:
        """Stands in for Synapse's program."""
        path = self.data / "bin/synapse_port_db"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        path.chmod(0o755)
        patch = mock.patch.dict(os.environ, {"PATH": f"{path.parent}:{os.environ['PATH']}"})
        patch.start()
        self.addCleanup(patch.stop)

    def test_marks_the_database_before_the_first_table(self) -> None:
        self.copied(place.UPDATED)
        self.program("echo 'events: 50% (1/2)'; echo 'events: 100% (2/2)'")
        with mock.patch.object(step_port, "EVERY", -1.0):
            said = outcome(step_port.run, SETTINGS)[1]
        self.assertRegex(said, r"port: 1 of \d+ rows, .* s left\nport: 2 of (.|\n)*rows written in")
        self.assertRegex(self.postgres.ran[-1], "DROP TABLE(.|\n)*; CREATE TABLE sqlite_migration")
        self.assertEqual(place.state()["step"], place.PORTED)
        self.assertIn("done before", outcome(step_port.run, SETTINGS)[1])

    def test_begins_anew_after_it_failed_or_was_killed(self) -> None:
        self.copied(place.UPDATED)
        self.program("echo the disk is full; exit 1")
        self.assertRaisesRegex(Problem, "synapse_port_db failed(.|\n)*the disk is full", step_port.run, SETTINGS)
        self.assertEqual(place.state()["step"], place.PORTING)
        self.postgres.answers["FROM pg_class"] = [(100,)]
        self.program("true")
        self.assertEqual(outcome(step_port.run, SETTINGS)[0], 0)
        self.assertEqual(place.state()["step"], place.PORTED)

    def test_refuses_a_database_with_other_data(self) -> None:
        self.copied(place.UPDATED)
        self.postgres.answers["FROM pg_class"] = [(3,)]
        self.assertRaisesRegex(Problem, "not empty", step_port.run, SETTINGS)
        self.assertEqual(place.state()["step"], place.UPDATED)
        self.assertFalse((Path(place.folder()) / "port.log").exists())

    def test_says_how_far_it_is(self) -> None:
        self.assertEqual(step_port.progress(500, 1500, 5), "500 of 1500 rows, 100 a second, 10 s left")
        self.assertEqual(step_port.progress(0, 10, 5), "0 of 10 rows, 0 a second, preparing the tables")
