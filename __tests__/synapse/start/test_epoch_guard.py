import json
import os
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg2

import database_stand_in
import epoch
import epoch_guard
from output import outcome

State = dict[str, Any]
NEW: State = {"table": "there", "comment": None, "system": "1", "timeline": "00000001", "keys": 50}
FINE = (0, "epoch-guard: the database is as Synapse left it\n")


class Killed(BaseException):
    """The process is killed."""


class Database(database_stand_in.Connection):
    """A database on which some statements fail."""

    def __init__(self) -> None:
        self.state = dict(NEW)
        self.broken = ""
        self.closed = self.autocommit = False

    def connect(self, **_: Any) -> "Database":
        if self.broken == "away":
            raise psycopg2.Error("no answer")
        return self

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
        return outcome(epoch_guard.check, str(self.homeserver), remedy, "PSQL")

    def refusing(self) -> tuple[int, str]:
        return self.check(remedy="refuse")

    def end(self, broken: str = "") -> str:
        self.database.broken = broken

        def leave(code: int) -> None:
            raise SystemExit(code)

        # The program exits its process, at the latest by a timer.
        with mock.patch.object(os, "_exit", leave), mock.patch.object(epoch_guard.threading, "Timer"):
            code, said = outcome(epoch_guard.note_and_exit, str(self.homeserver))
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

    def test_does_nothing_before_there_are_tables_and_drops_an_earlier_note(self) -> None:
        self.put(table=None)
        self.file.write_text('{"token": "old"}')
        self.assertEqual(self.check(), (0, "epoch-guard: the database is new\n"))
        self.assertFalse(self.file.exists())
        self.assertEqual(self.end(), "")
        self.assertFalse(self.file.exists())

    def test_begins_at_the_first_shutdown_or_the_first_start_with_tables(self) -> None:
        self.assertEqual(self.end(), "")
        self.assertEqual(self.database.state["comment"], f"epoch {self.seen()['token']}")
        self.put(**NEW)
        self.file.unlink()
        self.assertEqual(self.check(), FINE)
        self.assertEqual(self.database.state["comment"], f"epoch {self.seen()['token']}")
        self.assertEqual(self.database.state["keys"], 50)

    def test_changes_the_token_at_each_start_and_each_shutdown(self) -> None:
        tokens = []
        for step in (self.check, self.end, self.check, self.check, self.end):
            step()
            tokens.append(self.seen()["token"])
        self.assertEqual(len(set(tokens)), 5)
        self.assertEqual(self.database.state["keys"], 50)
        self.assertEqual(self.seen(), {"system": "1", "timeline": "00000001", "token": tokens[4], "running": False})

    def test_accepts_the_database_after_synapse_was_killed(self) -> None:
        self.check()
        self.assertTrue(self.seen()["running"])
        self.assertEqual(self.check(), FINE)

    def test_accepts_the_database_after_it_was_killed_before_or_after_the_new_token(self) -> None:
        for moment in ("before", "after"):
            with self.subTest(moment):
                for step in (self.check, self.end, self.end, self.check, self.check):
                    self.killed(step, moment)
                    self.killed(step, "before")
                self.assertEqual(self.check(), FINE)
                self.assertEqual(self.database.state["keys"], 50)

    def test_lets_synapse_shut_down_when_the_database_is_down_and_accepts_it_later(self) -> None:
        self.check()
        self.assertIn("no answer", self.end("away"))
        self.assertEqual(self.check(), FINE)

    def test_takes_a_new_timeline_after_a_clean_shutdown_for_a_failover(self) -> None:
        self.check()
        self.end()
        self.put(timeline="00000002")
        code, said = self.check()
        self.assertEqual(code, 0)
        self.assertRegex(said, "timeline 00000002 .*failover")
        self.put(timeline="00000003")
        self.end()
        self.assertEqual(self.check(), FINE)
        self.assertEqual(self.database.state["keys"], 50)

    def test_compares_only_what_the_server_reveals(self) -> None:
        self.put(system="forbidden", timeline="forbidden")
        self.check()
        self.assertEqual(self.check(), FINE)
        self.assertEqual((self.seen()["system"], self.seen()["timeline"]), (None, None))
        self.put(system="1", timeline="00000001")
        self.assertEqual(self.check(), FINE)

    def changes(self) -> dict[str, tuple[Callable[[State], object], str]]:
        """Returns changes of a database, each with the reason that the guard gives."""
        return {
            "an older state": (lambda before: self.put(**before), "its token is "),
            "a state from before the guard": (lambda _: self.put(**NEW), "its token is missing, the last one was "),
            "another server": (lambda _: self.put(system="2"), "its system identifier is 2, the last one was 1"),
            "another timeline after a kill": (lambda _: self.put(timeline="00000002"), "its timeline is 00000002,"),
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

    def test_detects_an_unexplained_difference_and_empties_the_keys_once(self) -> None:
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

    def test_empties_the_keys_after_it_was_killed(self) -> None:
        for what, (change, _) in self.changes().items():
            with self.subTest(what):
                self.changed(change)
                self.killed(self.check, "before")
                self.killed(self.check, "before")
                self.assertEqual(self.database.state["keys"], 50)
                self.check()
                self.assertEqual(self.database.state["keys"], 0)

    def test_refuses_to_start_until_the_database_is_accepted(self) -> None:
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

    def test_detects_a_restore_while_synapse_ran(self) -> None:
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

    def test_never_refuses_a_restore_by_the_restore_job(self) -> None:
        self.check()
        self.put(**NEW)
        self.file.write_text('{"explained": "20260131T020000Z"}')
        self.end()
        said = "epoch-guard: after the restore of 20260131T020000Z: one-time keys are emptied\n"
        self.assertEqual(self.refusing(), (0, said))
        self.assertEqual(self.database.state["keys"], 0)
        self.assertEqual(self.refusing(), FINE)

    def test_starts_on_a_full_volume_unless_keys_must_be_emptied(self) -> None:
        self.check()
        part = self.file.with_name("database-epoch.json.new")
        part.mkdir()
        code, said = self.check()
        self.assertEqual(code, 0)
        self.assertIn("could not be noted: ", said)
        self.put(**NEW)
        code, said = self.check()
        self.assertEqual(code, 1)
        self.assertIn("Synapse cannot start yet", said)
        part.rmdir()
        self.assertIn("WARNING", self.check()[1])
        self.assertEqual(self.database.state["keys"], 0)

    def test_fails_when_the_database_is_down_so_that_it_is_retried(self) -> None:
        code, said = self.check("away")
        self.assertEqual(code, 1)
        self.assertIn("no answer", said)
