import shutil
from unittest import mock

from matrix_migration import place, step_preflight
from matrix_migration.problem import Problem
from migration_case import SETTINGS, MigrationCase
from output import outcome


class StepPreflight(MigrationCase):
    def setUp(self) -> None:
        super().setUp()
        self.key = self.data / SETTINGS.signing_key
        self.key.write_text("ed25519 a_1 secret\n", encoding="utf-8")
        secret = self.data / "secret"
        secret.write_text("ed25519 a_1 secret", encoding="utf-8")
        patch = mock.patch.object(step_preflight, "SECRET_KEY", secret)
        patch.start()
        self.addCleanup(patch.stop)
        self.postgres.answers = {"server_version_num": [(170000, "UTF8", "C", "C")], "FROM pg_class": [(0,)]}

    def refusal(self) -> str:
        with self.assertRaises(Problem) as caught:
            step_preflight.run(SETTINGS)
        return str(caught.exception)

    def test_says_that_the_move_can_begin(self) -> None:
        code, said = outcome(step_preflight.run, SETTINGS)
        self.assertEqual(code, 0)
        self.assertRegex(said, "the move can begin: 0 MB of SQLite, signing key ed25519:a_1")

    def test_refuses_a_missing_or_another_key(self) -> None:
        self.key.write_text("ed25519 a_2 other", encoding="utf-8")
        self.assertIn("has the signing key ed25519:a_1, the claim has ed25519:a_2", self.refusal())
        self.key.unlink()
        self.assertIn("set signingKey to the name of the file", self.refusal())

    def test_refuses_too_little_room(self) -> None:
        with mock.patch.object(shutil, "disk_usage", return_value=mock.Mock(free=10)):
            self.assertRegex(self.refusal(), "MB free, and the copy needs .*grow-a-claim")

    def test_refuses_what_is_not_a_database(self) -> None:
        (self.data / "homeserver.db").write_bytes(b"text")
        self.assertIn("is not an SQLite database", self.refusal())
        (self.data / "homeserver.db").unlink()
        self.assertIn("does not exist: set sqlite", self.refusal())

    def test_refuses_a_postgresql_with_data_unless_this_move_has_written_it(self) -> None:
        self.postgres.answers["FROM pg_class"] = [(180,)]
        self.assertIn("PostgreSQL is not empty", self.refusal())
        self.copied(place.PORTING)
        self.assertEqual(outcome(step_preflight.run, SETTINGS)[0], 0)
