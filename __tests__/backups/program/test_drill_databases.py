from typing import Any
from unittest import mock

import psycopg2

import database_stand_in
import kubernetes_stand_in
from backup_case import RECOVERED_BY_OPERATOR, BackupCase
from matrix_backups import drill_databases
from matrix_backups.mounts import CONNECTION, RUNNING

RECOVERY = RECOVERED_BY_OPERATOR.recovery


class Database(database_stand_in.Connection):
    """A database, with its answers by a word of the query."""

    def __init__(self, **rows: Any) -> None:
        self.rows = {"to_regclass": (True,), "LIMIT": (7, 1_000_000), "clock": (0.0,), "users": (3, 9, 1), **rows}
        self.row: Any = None

    def execute(self, query: str, _: object = None) -> None:
        self.row = next(row for word, row in self.rows.items() if word in query)

    def fetchone(self) -> Any:
        return self.row


class Databases(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        CONNECTION.mkdir()
        self.put(RUNNING / "password", "of the running one\n")
        self.connected: list[dict[str, Any]] = []

    def compared(self, restored: Database, running: Database) -> float:
        def connection(**arguments: Any) -> Database:
            self.connected.append(arguments)
            return restored if arguments["host"] == "drill-rw" else running

        assert RECOVERY
        with mock.patch.object(psycopg2, "connection", connection):
            return drill_databases.compare(RECOVERY)

    def test_notes_passwords_for_the_next_steps_that_only_this_user_can_read(self) -> None:
        kubernetes = kubernetes_stand_in.begin(self)
        kubernetes.put({"drill-app": {"password": "a:b\\c"}, "drill-superuser": {"password": "s"}})
        kubernetes.put({"drill-ca": {"ca.crt": "a certificate", "ca.key": "its key"}})
        drill_databases.connect_to("drill", "synapse_user")
        self.assertEqual(drill_databases.PASSFILE.read_text(), "*:*:*:synapse_user:a\\:b\\\\c\n*:*:*:postgres:s\n")
        self.assertEqual(drill_databases.PASSFILE.stat().st_mode & 0o777, 0o600)
        self.assertEqual(drill_databases.CA.read_text(), "a certificate")

    def test_verifies_both_servers_and_only_reads_the_running_one(self) -> None:
        self.compared(Database(), Database())
        restored, running = self.connected
        self.assertEqual((restored["sslmode"], running["sslmode"]), ("verify-full", "verify-full"))
        self.assertEqual((running["host"], running["password"]), ("db-rw", "of the running one"))
        self.assertEqual(running["options"], "-c default_transaction_read_only=on")
        self.assertNotIn("password", restored)

    def test_returns_the_age_of_the_oldest_message_that_is_missing(self) -> None:
        self.assertEqual(self.compared(Database(), Database(clock=(41.5,))), 41.5)
        self.assertEqual(self.compared(Database(LIMIT=None), Database()), 0)

    def test_fails_when_the_wal_does_not_get_into_the_archive(self) -> None:
        problem = self.problem(self.compared, Database(), Database(clock=(7200.0,)))
        self.assertIn("the messages of the last 120 minutes are not in the archive", problem)

    def test_fails_when_rows_or_tables_are_missing(self) -> None:
        problem = self.problem(self.compared, Database(users=(3, 8, 0)), Database())
        self.assertEqual(
            problem, "rows are missing in the restored database: events 8 instead of 9, media 0 instead of 1"
        )
        self.assertEqual(
            self.problem(self.compared, Database(to_regclass=(False,)), Database()),
            "the tables of Synapse are missing in the restored database",
        )

    def test_finds_more_rows_right_where_some_were_deleted_since(self) -> None:
        self.assertEqual(self.compared(Database(users=(3, 12, 1)), Database()), 0)

    def test_compares_nothing_before_synapse_has_made_its_tables(self) -> None:
        self.assertEqual(self.compared(Database(to_regclass=(False,)), Database(to_regclass=(False,))), 0)
