import json
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg2

import database


class Connection:
    autocommit = False


class Database(unittest.TestCase):
    def test_connects_as_homeserver_yaml_says_with_another_application_name(self) -> None:
        asked: dict[str, Any] = {}

        def connect(**arguments: Any) -> Connection:
            asked.update(arguments)
            return Connection()

        with tempfile.TemporaryDirectory() as folder, mock.patch.object(psycopg2, "connection", connect):
            path = Path(folder, "homeserver.yaml")
            path.write_text(
                json.dumps({"database": {"args": {"host": "db", "application_name": "synapse", "cp_max": 5}}})
            )
            made = database.connect(database.arguments(str(path)), "a-guard")
        self.assertEqual(asked, {"host": "db", "application_name": "a-guard", "connect_timeout": 5})
        self.assertTrue(made.autocommit)
