import contextlib
import io
import unittest
from typing import Any
from unittest import mock

import psycopg2

import database
import database_stand_in
import table_settings
from table_settings import PARAMETERS, TABLES

ALL = [f"{name}=0.02" for name in PARAMETERS]


class Database(database_stand_in.Connection):
    """A database whose tables have options."""

    def __init__(self, tables: dict[str, list[str]], locked: str) -> None:
        self.tables, self.locked, self.altered, self.done = tables, locked, list[str](), list[str]()

    def execute(self, *asked: Any) -> None:
        self.done.append(asked[0])
        if asked[0].startswith("SELECT"):
            self.wanted = asked[1][0]
        if asked[0].startswith("ALTER"):
            if self.locked and self.locked in asked[0]:
                raise psycopg2.OperationalError("canceling statement due to lock timeout\n")
            self.altered.append(asked[0])

    def fetchall(self) -> list[tuple[str, list[str]]]:
        return [(name, options) for name, options in self.tables.items() if name in self.wanted]


class TableSettings(unittest.TestCase):
    def apply(self, tables: dict[str, list[str]], locked: str = "") -> tuple[Database, str]:
        found, said = Database(tables, locked), io.StringIO()
        with mock.patch.object(database, "connect", return_value=found), contextlib.redirect_stdout(said):
            table_settings.apply({"application_name": "synapse"})
        return found, said.getvalue()

    def test_sets_every_parameter_of_a_table_at_once(self) -> None:
        found, said = self.apply({"events": []})
        set_to = ", ".join(f"{name} = 0.02" for name in PARAMETERS)
        self.assertEqual(found.altered, [f"ALTER TABLE events SET ({set_to})"])
        self.assertEqual(said, "autovacuum was set for 1 tables\n")

    def test_changes_nothing_when_it_runs_again(self) -> None:
        found, said = self.apply(dict.fromkeys(TABLES, ALL))
        self.assertEqual((found.altered, said), ([], ""))

    def test_keeps_what_an_operator_has_set(self) -> None:
        found, _ = self.apply({"device_inbox": ["fillfactor=90", f"{PARAMETERS[0]}=0.5"]})
        [altered] = found.altered
        self.assertNotIn(PARAMETERS[0], altered)
        self.assertIn(PARAMETERS[1], altered)

    def test_leaves_tables_alone_that_are_not_there_or_not_listed(self) -> None:
        self.assertEqual(self.apply({"of_somebody_else": []})[0].altered, [])
        self.assertEqual(self.apply({})[1], "")

    def test_does_not_wait_long_for_locks(self) -> None:
        found, said = self.apply({"event_json": [], "events": [], "user_ips": []}, locked="events")
        self.assertLess(found.done.index("SET lock_timeout = '2s'"), 2)
        self.assertEqual(len(found.altered), 1)
        self.assertRegex(said, "^WARNING: .* the next start tries again: canceling statement due to lock timeout$")

    def test_an_unreachable_database_is_only_a_warning(self) -> None:
        said = io.StringIO()
        problem = psycopg2.OperationalError("no route")
        with mock.patch.object(database, "connect", side_effect=problem), contextlib.redirect_stdout(said):
            table_settings.apply({})
        self.assertIn("WARNING", said.getvalue())


if __name__ == "__main__":
    unittest.main()
