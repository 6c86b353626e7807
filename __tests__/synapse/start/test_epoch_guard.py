import json
import os
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg2

import epoch
import epoch_guard
from output import outcome

State = dict[str, Any]
NEW: State = {"table": "there", "comment": None, "system": "1", "timeline": "00000001", "keys": 50}
FINE = (0, "epoch-guard: the database is as Synapse left it\n")


class Killed(BaseException):
    """The process ends at once."""


class Database:
    """A database, of which some statements do not come through."""

    def __init__(self) -> None:
        self.state = dict(NEW)
        self.broken = ""
        self.closed = self.autocommit = False

    def connect(self, **_: Any) -> "Database":
        if self.broken == "away":
            raise psycopg2.Error("no answer")
        return self

    def cursor(self) -> "Database":
        return self

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def execute(self, query: str) -> None:
        if "COMMENT ON" in query:
            self.note(query)
        parts = {"to_regclass": "table", "obj_description": "comment", "pg_control": "system", "walfile": "timeline"}
        for part, name in parts.items():
            if part in query:
                if self.state[name] == "forbidden":
                    raise psycopg2.DatabaseError(name)
                self.row = [self.state[name]]

    def note(self, query: str) -> None:
        if self.broken == "before":
            raise Killed
        self.state["comment"] = query.split("'")[1]
        if "TRUNCATE" in query:
            self.state["keys"] = 0
        if self.broken == "after":
            raise Killed

    def fetchone(self) -> list[Any]:
        return self.row


class EpochGuard(unittest.TestCase):
    def setUp(self) -> None:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.file = folder / "database-epoch.json"
        self.homeserver = folder / "homeserver.yaml"
        self.homeserver.write_text(json.dumps({"database": {"args": {"application_name": "synapse", "cp_max": 5}}}))
        self.database = Database()
        self.enterContext(mock.patch.object(psycopg2, "connection", self.database.connect))
        self.enterContext(mock.patch.multiple(epoch, FOLDER=folder, FILE=self.file))

    def check(self, broken: str = "", remedy: str = "empty") -> tuple[int, str]:
        self.database.broken = broken
        return outcome(epoch_guard.main, "check", str(self.homeserver), remedy, "PSQL")

    def refusing(self) -> tuple[int, str]:
        return self.check(remedy="refuse")

    def end(self, broken: str = "") -> str:
        self.database.broken = broken

        def leave(code: int) -> None:
            raise SystemExit(code)

        # It ends its process, and would after a while in any case.
        with mock.patch.object(os, "_exit", leave), mock.patch.object(epoch_guard.threading, "Timer"):
            code, said = outcome(epoch_guard.main, "note", str(self.homeserver))
        self.assertEqual(code, 0)
        return said

    def seen(self) -> State:
        state: State = json.loads(self.file.read_text())
        return state

    def put(self, **state: Any) -> None:
        self.database.state |= state

    def killed(self, step: Callable[[str], Any], moment: str) -> None:
        with self.assertRaises(Killed):
            step(moment)

    def test_has_nothing_to_do_before_there_are_tables_and_forgets_what_was_before(self) -> None:
        self.put(table=None)
        self.file.write_text('{"token": "old"}')
        self.assertEqual(self.check(), (0, "epoch-guard: the database is new\n"))
        self.assertFalse(self.file.exists())
        self.assertEqual(self.end(), "")
        self.assertFalse(self.file.exists())

    def test_begins_at_the_first_end_or_at_the_first_start_that_finds_tables(self) -> None:
        self.assertEqual(self.end(), "")
        self.assertEqual(self.database.state["comment"], f"epoch {self.seen()['token']}")
        self.put(**NEW)
        self.file.unlink()
        self.assertEqual(self.check(), FINE)
        self.assertEqual(self.database.state["comment"], f"epoch {self.seen()['token']}")
        self.assertEqual(self.database.state["keys"], 50)

    def test_has_another_token_after_each_start_and_each_end(self) -> None:
        tokens = []
        for step in (self.check, self.end, self.check, self.check, self.end):
            step()
            tokens.append(self.seen()["token"])
        self.assertEqual(len(set(tokens)), 5)
        self.assertEqual(self.database.state["keys"], 50)
        self.assertEqual(self.seen(), {"system": "1", "timeline": "00000001", "token": tokens[4], "running": False})

    def test_finds_no_fault_in_a_synapse_that_was_killed(self) -> None:
        self.check()
        self.assertTrue(self.seen()["running"])
        self.assertEqual(self.check(), FINE)

    def test_finds_no_fault_when_it_was_broken_off_before_or_after_the_database_had_the_new_token(self) -> None:
        for moment in ("before", "after"):
            with self.subTest(moment):
                for step in (self.check, self.end, self.end, self.check, self.check):
                    self.killed(step, moment)
                    self.killed(step, "before")
                self.assertEqual(self.check(), FINE)
                self.assertEqual(self.database.state["keys"], 50)

    def test_lets_synapse_end_when_the_database_is_away_and_finds_no_fault_then(self) -> None:
        self.check()
        self.assertIn("no answer", self.end("away"))
        self.assertEqual(self.check(), FINE)

    def test_takes_another_timeline_after_an_orderly_end_for_a_failover(self) -> None:
        self.check()
        self.end()
        self.put(timeline="00000002")
        self.assertEqual(self.check(), (0, "epoch-guard: timeline 00000002, by a failover\n"))
        self.put(timeline="00000003")
        self.end()
        self.assertEqual(self.check(), FINE)
        self.assertEqual(self.database.state["keys"], 50)

    def test_compares_no_more_than_the_server_tells(self) -> None:
        self.put(system="forbidden", timeline="forbidden")
        self.check()
        self.assertEqual(self.check(), FINE)
        self.assertEqual((self.seen()["system"], self.seen()["timeline"]), (None, None))
        self.put(system="1", timeline="00000001")
        self.assertEqual(self.check(), FINE)

    def changes(self) -> dict[str, tuple[Callable[[State], object], str]]:
        """What happens to a database of which there is an older state, and what is said of it."""
        return {
            "an older state": (lambda before: self.put(**before), "its token is "),
            "a state from before the guard": (lambda _: self.put(**NEW), "its token is missing, the last one was "),
            "another server": (lambda _: self.put(system="2"), "it is system 2, the last one was 1"),
            "another timeline after a kill": (lambda _: self.put(timeline="00000002"), "Synapse did not end in order"),
            "a claim that is new": (lambda _: self.file.unlink(), "the last one was not kept"),
            "a file that is damaged": (lambda _: self.file.write_text('{"tok'), "the last one was not kept"),
        }

    def changed(self, change: Callable[[State], object]) -> None:
        self.put(**NEW)
        self.file.unlink(missing_ok=True)
        self.check()
        self.end()
        before = dict(self.database.state)
        self.check()
        change(before)

    def test_notices_what_nothing_explains_and_empties_the_keys_once(self) -> None:
        for what, (change, reason) in self.changes().items():
            with self.subTest(what):
                self.changed(change)
                code, said = self.check()
                self.assertEqual(code, 0)
                self.assertRegex(said, r"^epoch-guard: WARNING: [^\n]*One-time keys are emptied\n$")
                self.assertIn(reason, said)
                self.assertEqual(self.database.state["keys"], 0)
                self.put(keys=20)
                self.assertEqual(self.check(), FINE)
                self.assertEqual(self.database.state["keys"], 20)

    def test_empties_them_in_the_end_when_it_was_broken_off(self) -> None:
        for what, (change, _) in self.changes().items():
            with self.subTest(what):
                self.changed(change)
                self.killed(self.check, "before")
                self.killed(self.check, "before")
                self.assertEqual(self.database.state["keys"], 50)
                self.check()
                self.assertEqual(self.database.state["keys"], 0)

    def test_refuses_as_often_as_it_is_asked_until_it_is_accepted(self) -> None:
        for what, (change, reason) in self.changes().items():
            with self.subTest(what):
                self.changed(change)
                for code, said in (self.refusing(), self.refusing()):
                    self.assertEqual(code, 1)
                    self.assertIn(reason, said)
                    self.assertIn("PSQL -c \"COMMENT ON TABLE e2e_one_time_keys_json IS 'accepted'\"", said)
                self.assertEqual(self.database.state["keys"], 50)
                self.put(comment="accepted")
                self.assertIn("was accepted", self.refusing()[1])
                self.assertEqual(self.database.state["keys"], 0)
                self.assertEqual(self.refusing(), FINE)

    def test_does_not_forget_what_synapse_lived_through(self) -> None:
        for what, (change, reason) in list(self.changes().items())[:3]:
            with self.subTest(what):
                self.put(**NEW)
                self.file.unlink(missing_ok=True)
                self.check()
                before = dict(self.database.state)
                self.end()
                self.check()
                change(before)
                self.assertEqual(self.end(), "")
                self.assertIn(reason, self.check()[1])

    def test_knows_of_a_restore_and_never_refuses_it(self) -> None:
        self.check()
        self.put(**NEW)
        self.file.write_text('{"explained": "20260131T020000Z"}')
        self.end()
        said = "epoch-guard: after the restore of 20260131T020000Z: one-time keys are emptied\n"
        self.assertEqual(self.refusing(), (0, said))
        self.assertEqual(self.database.state["keys"], 0)
        self.assertEqual(self.refusing(), FINE)

    def test_a_full_volume_is_no_reason_to_stay_down_but_for_keys_that_must_be_emptied(self) -> None:
        self.check()
        part = self.file.with_name("database-epoch.json.new")
        part.mkdir()
        code, said = self.check()
        self.assertEqual(code, 0)
        self.assertIn("but it is not noted: ", said)
        self.put(**NEW)
        code, said = self.check()
        self.assertEqual(code, 1)
        self.assertIn("Synapse does not start", said)
        part.rmdir()
        self.assertIn("WARNING", self.check()[1])
        self.assertEqual(self.database.state["keys"], 0)

    def test_is_tried_again_when_the_database_is_away(self) -> None:
        code, said = self.check("away")
        self.assertEqual(code, 1)
        self.assertIn("no answer", said)
