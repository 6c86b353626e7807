import sqlite3
import subprocess
import sys
import unittest
from pathlib import Path
from unittest import mock

import kubernetes_api
from matrix_migration import place, writers
from matrix_migration.problem import Problem
from migration_case import SETTINGS, MigrationCase

STOP = writers.stop_check
HOLD = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA journal_mode=WAL'); c.execute('SELECT * FROM users').fetchall(); print(1, flush=True); sys.stdin.read()"


class Gone(unittest.TestCase):
    def gone(self, replicas: int | None, pods: list[list[str]]) -> None:
        def call(_: str, path: str) -> tuple[int, object]:
            if "pods" in path:
                items = [{"metadata": {"name": "synapse-1"}, "status": {"phase": phase}} for phase in pods.pop(0)]
                return 200, {"items": items}
            return (404, {}) if replicas is None else (200, {"spec": {"replicas": replicas}})

        with (
            mock.patch.object(kubernetes_api, "namespace", return_value="here"),
            mock.patch.object(kubernetes_api, "call", call),
            mock.patch.object(writers, "PAUSE", 0),
            mock.patch.object(writers, "TRIES", 2),
        ):
            writers.gone("matrix-synapse", "deployments/matrix-synapse")

    def test_waits_until_pods_are_gone(self) -> None:
        self.gone(0, [["Running"], ["Succeeded"]])
        self.gone(None, [[]])

    def test_refuses_a_workload_with_replicas(self) -> None:
        with self.assertRaisesRegex(Problem, "kubectl scale deployment matrix-synapse --replicas=0 -n here"):
            self.gone(1, [])

    def test_refuses_a_pod_that_does_not_end(self) -> None:
        with self.assertRaisesRegex(Problem, "synapse-1 does not end"):
            self.gone(0, [["Running"], ["Running"]])


class InUse(MigrationCase):
    def test_a_database_that_another_process_has_open_is_refused(self) -> None:
        path = self.data / "homeserver.db"
        self.assertFalse(writers.in_use(path))
        command = [sys.executable, "-c", HOLD, str(path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout
            holder.stdout.readline()
            self.assertTrue(writers.in_use(path))
            with mock.patch.object(writers, "gone"), self.assertRaisesRegex(Problem, "is in use"):
                STOP(SETTINGS)
        with mock.patch.object(writers, "gone"), mock.patch.object(place, "lock"):
            STOP(SETTINGS)
        self.assertTrue(Path(path).exists() and sqlite3.sqlite_version)
