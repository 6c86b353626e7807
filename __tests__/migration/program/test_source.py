import contextlib
import json
import sqlite3
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import yaml

from matrix_migration import source
from matrix_migration.problem import Problem
from migration_case import MigrationCase

RUN, SETTINGS_FILE = source.run, source.settings_file


class Tables(MigrationCase):
    def test_are_those_with_data_of_synapse(self) -> None:
        path = self.data / "other.db"
        self.make(path, "CREATE TABLE event_search_content (x INT);")
        opened = source.connect(path)
        names = source.tables(opened)
        self.assertNotIn("event_search_content", names)
        self.assertEqual(source.count(opened, "events"), 2)
        opened.close()

    def test_the_search_of_messages_is_moved_where_there_is_one(self) -> None:
        path = self.data / "other.db"
        self.make(path, "CREATE TABLE user_directory_search (x INT);")
        with contextlib.closing(source.connect(path)) as opened:
            self.assertEqual(source.ported_searches(opened), [])
            opened.execute("CREATE TABLE event_search (x INT)")
            self.assertEqual(source.ported_searches(opened), ["event_search"])

    def test_no_database_is_made(self) -> None:
        self.assertRaises(sqlite3.OperationalError, source.connect, self.data / "none.db")
        self.assertFalse((self.data / "none.db").exists())


class Programs(unittest.TestCase):
    def test_the_settings_have_no_code_of_ours_and_another_database(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            homeserver = Path(folder) / "homeserver.yaml"
            homeserver.write_text(json.dumps({"modules": [1], "log_config": "x", "database": {"name": "psycopg2"}}))
            with (
                mock.patch.object(source, "HOMESERVER", homeserver),
                mock.patch.object(yaml, "safe_dump", json.dumps, create=True),
            ):
                written = json.loads(SETTINGS_FILE({"name": "sqlite3"}).read_text(encoding="utf-8"))
        self.assertEqual(written["database"], {"name": "sqlite3"})
        self.assertNotIn("modules", written)
        self.assertFalse(written["background_updates"]["sleep_enabled"])

    def test_a_failure_shows_the_end_of_the_log(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log"
            RUN(["true"], log)
            with self.assertRaisesRegex(Problem, "sh failed.*can be run again(.|\n)*no database$"):
                RUN(["sh", "-c", "echo no database; exit 1"], log)
