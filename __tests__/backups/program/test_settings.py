import copy
import json
import tempfile
import unittest
from pathlib import Path

from backup_case import JSON, MANAGED, MANAGED_JSON, SETTINGS
from matrix_backups import settings
from matrix_backups.problem import Problem


class Settings(unittest.TestCase):
    def test_are_typed(self) -> None:
        assert SETTINGS.database
        self.assertEqual(SETTINGS.database.workload, "matrix-postgres")
        self.assertEqual(SETTINGS.jobs["drill"].cron_job, "matrix-restore-drill")
        self.assertEqual(SETTINGS.restore.signing_keys, ("identity/signing.key", "identity/old.yaml"))
        self.assertEqual(SETTINGS.recovery_point_objective, 60)

    def test_hold_no_database_that_is_managed_elsewhere(self) -> None:
        self.assertIsNone(MANAGED.database)
        self.assertIsNone(MANAGED.images.postgres)

    def test_name_what_an_operator_uses(self) -> None:
        prefixed = settings.parse({**JSON, "namePrefix": "second-"})
        self.assertEqual(
            f"{prefixed.kubectl} exec {prefixed.agent}", "kubectl -n here exec deployment/second-matrix-backup-agent"
        )

    def test_need_no_objectives_without_a_database(self) -> None:
        given = {
            name: one for name, one in MANAGED_JSON.items() if not name.startswith(("recovery", "archive", "upload"))
        }
        self.assertIsNone(settings.parse(given).database)

    def test_are_read_from_a_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "settings.json")
            path.write_text(json.dumps(JSON), encoding="utf-8")
            self.assertEqual(settings.load(path), SETTINGS)
            path.write_text("{", encoding="utf-8")
            with self.assertRaisesRegex(Problem, "is not valid JSON"):
                settings.load(path)

    def refused(self, path: str, value: object, message: str) -> None:
        given = copy.deepcopy(JSON)
        *folders, name = path.split(".")
        place = given
        for folder in folders:
            place = place[folder]
        if value is None:
            del place[name]
        else:
            place[name] = value
        with self.assertRaises(Problem) as caught:
            settings.parse(given)
        self.assertEqual(str(caught.exception), message)

    def test_are_refused_when_they_are_not_what_they_must_be(self) -> None:
        for path, value, message in (
            ("serverName", None, "settings.json lacks serverName"),
            ("recoverPoint", 1, "settings.json must not have recoverPoint"),
            ("keep.daily", None, "settings.json.keep lacks daily"),
            ("keep.yearly", 1, "settings.json.keep must not have yearly"),
            ("keep.daily", "7", 'settings.json.keep.daily must be a number, got "7"'),
            ("jobs.drill", [], "settings.json.jobs.drill must be an object, got []"),
            ("jobs", [], "settings.json.jobs must be a map, got []"),
            ("requiredSecrets", "one", 'settings.json.requiredSecrets must be a list, got "one"'),
            ("requiredSecrets", [1], "settings.json.requiredSecrets[0] must be a string, got 1"),
            ("uploadInterval", "2", 'settings.json.uploadInterval must be a number, got "2"'),
        ):
            with self.subTest(path=path, value=value):
                self.refused(path, value, message)
