import json
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg2

import start_worker

HOMESERVER = {
    "instance_map": {"main": {"host": "main", "port": 9093}},
    "database": {"name": "psycopg2", "args": {"host": "db", "application_name": "synapse", "cp_max": 10}},
}


class StartWorker(unittest.TestCase):
    def setUp(self) -> None:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.homeserver, self.own = folder / "homeserver.yaml", folder / "worker.yaml"
        self.homeserver.write_text(json.dumps(HOMESERVER), encoding="utf-8")
        self.enterContext(mock.patch.object(start_worker.schema, "known", return_value=94))
        self.enterContext(mock.patch.object(start_worker.time, "sleep"))
        self.enterContext(mock.patch.object(start_worker.socket, "gethostname", return_value="matrix-synapse-sync-x"))
        self.exec = self.enterContext(mock.patch.object(start_worker.os, "execvp"))
        self.main = self.enterContext(mock.patch.object(start_worker.urllib.request, "urlopen"))
        self.connect = self.enterContext(mock.patch.object(start_worker.database, "connect"))
        self.versions((94, 84))

    def versions(self, *answers: Any) -> None:
        cursor = self.connect.return_value.cursor.return_value.__enter__.return_value
        cursor.fetchone.side_effect = answers

    def start(self) -> None:
        start_worker.main(str(self.homeserver), str(self.own), "synapse", "run")

    def test_starts_with_its_own_name(self) -> None:
        self.start()
        self.exec.assert_called_once_with("synapse", ("synapse", "run"))
        own = json.loads(self.own.read_text(encoding="utf-8"))
        self.assertEqual(own["worker_name"], "matrix-synapse-sync-x")
        # The main process would take its connections for those of another main process.
        self.assertEqual(own["database"]["args"]["application_name"], "matrix-synapse-sync-x")
        self.assertEqual(own["database"]["args"]["cp_max"], 10)

    def test_waits_for_the_main_process_and_for_its_migration(self) -> None:
        self.main.side_effect = [OSError("refused"), mock.DEFAULT, mock.DEFAULT, mock.DEFAULT]
        self.versions((93, 84), psycopg2.OperationalError("starting up"), (94, 84))
        with mock.patch("builtins.print") as said:
            # The second answer is an error of the query.
            self.start()
        texts = [call.args[0] for call in said.call_args_list]
        self.assertIn("the main process does not answer at http://main:9093/health: refused", texts[0])
        self.assertIn("not yet migrated the database from schema 93 to 94", texts[1])
        self.assertEqual(len(texts), 3)
