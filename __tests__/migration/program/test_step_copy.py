import dataclasses
import sqlite3

from matrix_migration import place, source, step_copy
from matrix_migration.problem import Problem
from migration_case import SETTINGS, MigrationCase
from output import outcome


class StepCopy(MigrationCase):
    def test_copies_also_what_is_only_in_the_wal_and_changes_nothing(self) -> None:
        path = self.data / "homeserver.db"
        running = sqlite3.connect(path)
        running.executescript("PRAGMA journal_mode=WAL; INSERT INTO events VALUES ('$3', 3);")
        before = {one.name: one.read_bytes() for one in place.originals(SETTINGS)}
        self.assertIn("homeserver.db-wal", before)
        self.assertIn("3 events, schema 92", outcome(step_copy.run, SETTINGS)[1])
        self.assertEqual({one.name: one.read_bytes() for one in place.originals(SETTINGS)}, before)
        copy = source.connect(place.copy())
        self.assertEqual(source.count(copy, "events"), 3)
        copy.close()
        self.assertIn("was made before", outcome(step_copy.run, SETTINGS)[1])
        running.close()

    def test_begins_anew_when_it_was_killed(self) -> None:
        place.folder().mkdir()
        (place.folder() / "copy.db").write_bytes(b"a part")
        (place.folder() / "copy.db-wal").write_bytes(b"of another")
        self.assertIn("2 events", outcome(step_copy.run, SETTINGS)[1])

    def test_refuses_a_damaged_database(self) -> None:
        path = self.data / "homeserver.db"
        page = bytearray(path.read_bytes())
        page[4096:8192] = b"\x55" * 4096
        path.write_bytes(page)
        with self.assertRaisesRegex(Problem, "the SQLite database is damaged"):
            step_copy.run(SETTINGS)
        self.assertEqual(place.state()["step"], place.NOTHING)

    def test_refuses_the_database_of_another_server(self) -> None:
        with self.assertRaisesRegex(
            Problem, 'of the server example.org, not of example.net.*set serverName to "example.org"'
        ):
            step_copy.run(dataclasses.replace(SETTINGS, server_name="example.net"))

    def test_refuses_a_version_that_is_too_old_or_too_new(self) -> None:
        for version in (60, 95):
            with sqlite3.connect(self.data / "homeserver.db") as made:
                made.execute("UPDATE schema_version SET version = ?", (version,))
            made.close()
            with self.assertRaisesRegex(Problem, f"schema {version}, and this Synapse takes 72 to 94"):
                step_copy.run(SETTINGS)
