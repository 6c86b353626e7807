import re
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg2

import database_stand_in
import schema
import wait_for_database


class Connection(database_stand_in.Connection):
    """Answers with the number of other connections."""

    #: Version of the database, and the least that a Synapse must know.
    schema = (94, 84)

    def __init__(self, others: list[tuple[int, str | None]], asked: list[Any], tables: tuple[str | None, ...]) -> None:
        self.others, self.asked, self.tables = others, asked, tables

    def execute(self, *asked: Any) -> None:
        self.query = asked[0]
        if self.query not in (wait_for_database.MOVE, schema.VERSION):
            self.asked.append(asked)

    def fetchone(self) -> tuple[Any, ...]:
        if self.query == wait_for_database.MOVE:
            return self.tables
        if self.query == schema.VERSION:
            return self.schema
        return self.others.pop(0) if self.others else (0, None)


class Reason(unittest.TestCase):
    def setUp(self) -> None:
        self.asked: list[Any] = []
        self.others: list[tuple[int, str | None]] = []
        #: The mark of a move, and Synapse's first table.
        self.tables: tuple[str | None, ...] = (None, "events")
        self.enterContext(mock.patch.object(schema, "known", return_value=94))
        self.volume = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(mock.patch.object(wait_for_database, "VOLUME", str(self.volume)))

    def reason(self, refusal: str = "") -> str | None:
        def connect(**arguments: Any) -> Connection:
            self.asked.append(arguments["application_name"])
            if refusal:
                raise psycopg2.OperationalError(refusal)
            return Connection(self.others, self.asked, self.tables)

        with mock.patch.object(psycopg2, "connection", connect):
            return wait_for_database.reason({"application_name": "synapse"})

    def test_is_none_when_synapse_can_log_in_and_no_other_is_connected(self) -> None:
        self.assertIsNone(self.reason())

    def test_says_that_the_password_may_have_just_changed(self) -> None:
        why = 'FATAL: password authentication failed for user "synapse_user"'
        self.assertRegex(self.reason(why) or "", "^FATAL: .* reloads it from its Secret within two minutes$")
        self.assertEqual(self.reason("no route"), "no route")

    def test_says_that_a_network_policy_may_name_another_port(self) -> None:
        self.assertRegex(
            self.reason("connection failed: timeout expired\n") or "", "expired; .* peerPort of Postgres.ext"
        )

    def test_is_one_line_of_the_log(self) -> None:
        why = "No route to host\n\tIs the server running?\n"
        self.assertEqual(self.reason(why), "No route to host Is the server running?")

    def test_is_another_synapse_that_must_stop_first(self) -> None:
        self.others = [(1, "10.0.0.9")]
        self.assertRegex(self.reason() or "", "another Synapse is connected from 10.0.0.9.* must stop")

    def test_is_a_database_that_has_only_a_part_of_what_sqlite_had(self) -> None:
        self.tables = ("sqlite_migration", "events")
        self.assertRegex(self.reason() or "", "only a part of what SQLite had: run the next step of the move")

    def test_is_an_empty_database_where_a_synapse_has_run_on_sqlite(self) -> None:
        self.tables = (None, None)
        self.assertIsNone(self.reason())
        file = self.volume / "homeserver.db"
        file.touch()
        self.assertIsNone(self.reason())
        file.write_bytes(b"SQLite format 3")
        self.assertRegex(self.reason() or "", "it is empty, but .* has an SQLite database: move that first")
        self.tables = (None, "events")
        self.assertIsNone(self.reason())

    def test_is_a_refusal_where_the_schema_is_too_new(self) -> None:
        with mock.patch.object(Connection, "schema", (96, 95)), self.assertRaisesRegex(SystemExit, "REFUSED: .* 95"):
            self.reason()

    def test_is_an_empty_database_that_a_move_is_to_fill(self) -> None:
        self.tables = (None, None)
        awaits = self.volume / "awaits-move"
        with mock.patch.object(wait_for_database, "AWAITS_MOVE", awaits):
            self.assertIsNone(self.reason())
            awaits.touch()
            self.assertRegex(self.reason() or "", "it is empty until the move that the program has")
            self.tables = (None, "events")
            self.assertIsNone(self.reason())

    def test_counts_connections_with_the_application_name_of_synapse_and_never_itself(self) -> None:
        self.reason()
        own_name, (query, values) = self.asked
        found = re.fullmatch(r"SELECT count\(\*\), .* FROM pg_stat_activity WHERE (.*)", query)
        assert found
        conditions = sorted(found[1].split(" AND "))
        self.assertEqual(conditions, ["application_name = %s", "datname = current_database()"])
        self.assertEqual((own_name, values), ("wait-for-database", ("synapse",)))

    def test_is_said_once_while_it_stays_the_same(self) -> None:
        reasons = ["away", "away", "starting up", None]
        with (
            mock.patch.object(wait_for_database, "reason", side_effect=reasons),
            mock.patch.object(wait_for_database, "kept_by_another", return_value=None),
            mock.patch.object(wait_for_database.time, "sleep") as slept,
            mock.patch("builtins.print") as said,
        ):
            wait_for_database.wait({})
        texts = [call.args[0] for call in said.call_args_list]
        self.assertEqual(texts, ["waiting for the database: away", "waiting for the database: starting up"])
        self.assertEqual(slept.call_count, 3)

    def test_is_enough_beside_another_one_when_only_that_is_in_its_way(self) -> None:
        other = "another Synapse is connected from 10.0.0.9"
        with (
            mock.patch.object(wait_for_database, "reason", side_effect=["no route", other]),
            mock.patch.object(wait_for_database, "kept_by_another") as kept,
            mock.patch.object(wait_for_database.time, "sleep"),
            mock.patch("builtins.print") as said,
        ):
            self.assertEqual(wait_for_database.wait({}, beside=True), other)
        said.assert_called_once_with("waiting for the database: no route", flush=True)
        kept.assert_not_called()


class Kept(unittest.TestCase):
    def setUp(self) -> None:
        self.enterContext(mock.patch.object(wait_for_database, "kept", []))

    def another(self, **connecting: Any) -> str | None:
        with mock.patch.object(wait_for_database.database, "connect", **connecting):
            return wait_for_database.kept_by_another({})

    def connection(self, locked: bool) -> mock.MagicMock:
        made = mock.MagicMock()
        made.cursor.return_value.__enter__.return_value.fetchone.return_value = (locked,)
        return made

    def test_keeps_the_session_that_has_the_lock_until_the_process_ends(self) -> None:
        made = self.connection(locked=True)
        self.assertIsNone(self.another(return_value=made))
        self.assertEqual(wait_for_database.kept, [made])
        made.close.assert_not_called()

    def test_says_that_another_synapse_has_begun_at_the_same_moment(self) -> None:
        made = self.connection(locked=False)
        self.assertRegex(self.another(return_value=made) or "", "^another Synapse has just begun")
        made.close.assert_called_once_with()
        self.assertEqual(wait_for_database.kept, [])

    def test_says_why_the_database_is_away(self) -> None:
        self.assertEqual(self.another(side_effect=psycopg2.OperationalError("no\nroute")), "no route")
