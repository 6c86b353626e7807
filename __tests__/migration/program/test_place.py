import fcntl
import os

from matrix_migration import place
from matrix_migration.problem import Problem
from migration_case import SETTINGS, MigrationCase


class Place(MigrationCase):
    def test_what_is_noted_is_there_after_a_crash(self) -> None:
        self.assertEqual(place.state(), {"step": "nothing"})
        place.folder().mkdir()
        place.note({"step": place.COPIED})
        (place.folder() / "state.json.new").write_text("{", encoding="utf-8")
        self.assertEqual(place.state(), {"step": "copied"})

    def test_a_step_needs_the_one_before(self) -> None:
        with self.assertRaisesRegex(Problem, "matrix-migration-update, is not done"):
            place.require(SETTINGS, place.UPDATED)

    def test_originals_that_changed_are_refused(self) -> None:
        self.copied(place.COPIED)
        place.check_unchanged(SETTINGS, place.state())
        (self.data / "homeserver.db-wal").write_bytes(b"more")
        with self.assertRaisesRegex(Problem, "have changed since they were copied"):
            place.check_unchanged(SETTINGS, place.state())

    def test_the_lock_of_a_running_synapse_is_refused(self) -> None:
        held = os.open(self.data / "synapse.lock", os.O_RDWR | os.O_CREAT)
        fcntl.flock(held, fcntl.LOCK_EX)
        self.assertRaisesRegex(Problem, "a Synapse or another step", place.lock)
        os.close(held)
        place.lock()
