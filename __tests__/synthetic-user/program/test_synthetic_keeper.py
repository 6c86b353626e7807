import json
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, unquote, urlsplit

import synapse_admin
import synthetic_keeper
from output import outcome
from stand_in_server import serving
from synthetic_keeper import KEPT, KEPT_FILES, ROOM_TYPE

ONE, TWO = "@one:example.org", "@two:example.org"


class SyntheticKeeperTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "admin_password").write_text("of the administrator\n")
        (self.folder / "password").write_text("of both\n")
        self.enterContext(mock.patch.object(synapse_admin.time, "sleep"))
        self.accounts: dict[str, Any] = {}
        self.rooms = {"!own": {"creator": ONE, "room_type": ROOM_TYPE}}
        #: Files of each account, oldest first.
        self.files = {ONE: list(range(1200)), TWO: list(range(3))}
        self.purged: dict[str, Any] = {}
        self.is_old = True
        self.states = ["active", "complete"]
        self.refused_logins = 0
        self.sessions = 0
        self.url = self.enterContext(serving(self.answer))

    def answer(self, method: str, path: str, body: Any, token: str) -> tuple[int, Any]:
        parts = urlsplit(path)
        words, query = [unquote(word) for word in parts.path.split("/")], parse_qs(parts.query)
        if words[-1] == "login":
            if self.refused_logins or body["password"] != "of the administrator":
                self.refused_logins -= 1
                return 403, {"errcode": "M_FORBIDDEN"}
            self.sessions += 1
            return 200, {"access_token": "of root"}
        if token != "of root":
            return 401, {"errcode": "M_UNKNOWN_TOKEN"}
        if words[-1] == "logout":
            self.sessions -= 1
            return 200, {}
        if words[-1] == "joined_rooms":
            return 200, {"joined_rooms": list(self.rooms)}
        if words[-1] == "media":
            return self.media(method, self.files[words[-2]], query)
        if "purge_history" in words:
            if not self.is_old:
                return 404, {"errcode": "M_NOT_FOUND", "error": "there is no event to be purged"}
            self.purged[words[-1]] = body
            return 200, {"purge_id": "p"}
        if "purge_history_status" in words:
            return 200, {"status": self.states.pop(0)}
        if "rooms" in words:
            return 200, self.rooms[words[-1]]
        is_new = words[-1] not in self.accounts
        self.accounts[words[-1]] = body
        return (201 if is_new else 200), {}

    def media(self, method: str, files: list[int], query: dict[str, list[str]]) -> tuple[int, Any]:
        if method == "GET":
            return 200, {"total": len(files)}
        self.assertEqual((query["order_by"], query["dir"]), (["created_ts"], ["f"]))
        removed = [files.pop(0) for _ in range(int(query["limit"][0]))]
        return 200, {"total": len(removed)}

    def keep(self) -> tuple[int, str]:
        settings = {
            "homeserver": self.url,
            "serverName": "example.org",
            "users": ["one", "two"],
            "administrator": "root",
            "secretsFolder": str(self.folder),
            "patience": 0.1,
        }
        path = self.folder / "settings.json"
        path.write_text(json.dumps(settings), encoding="utf-8")
        return outcome(synthetic_keeper.main, [str(path)])

    def test_makes_accounts_that_are_hidden_and_have_no_rights(self) -> None:
        code, said = self.keep()
        self.assertEqual(code, 0)
        self.assertIn("@one:example.org was created", said)
        self.assertEqual(list(self.accounts), [ONE, TWO])
        account = self.accounts[ONE]
        self.assertEqual((account["admin"], account["user_type"]), (False, "support"))
        self.assertEqual(account["password"], "of both")
        self.assertEqual(self.sessions, 0)

    def test_sets_the_password_again_and_ends_no_session(self) -> None:
        self.keep()
        (self.folder / "password").write_text("another")
        self.states = ["complete"]
        self.assertIn("@one:example.org exists", self.keep()[1])
        self.assertEqual((self.accounts[TWO]["password"], self.accounts[TWO]["logout_devices"]), ("another", False))

    def test_removes_messages_that_are_older_than_a_day(self) -> None:
        self.keep()
        until = self.purged["!own"]["purge_up_to_ts"] / 1000
        self.assertAlmostEqual(until, time.time() - KEPT, delta=60)
        self.assertTrue(self.purged["!own"]["delete_local_events"])
        self.assertEqual(self.states, [])

    def test_says_that_no_message_is_old(self) -> None:
        self.is_old = False
        code, said = self.keep()
        self.assertEqual((code, "no message is old" in said), (0, True))

    def test_never_removes_messages_of_people(self) -> None:
        self.rooms = {
            "!people": {"creator": "@anna:example.org", "room_type": None},
            "!posing": {"creator": "@anna:example.org", "room_type": ROOM_TYPE},
            "!plain": {"creator": ONE, "room_type": None},
        }
        code, said = self.keep()
        self.assertEqual((code, self.purged), (0, {}))
        self.assertEqual(said.count("was not changed"), 3)

    def test_removes_all_but_the_newest_files(self) -> None:
        self.keep()
        self.assertEqual(self.files[ONE], list(range(1200 - KEPT_FILES, 1200)))
        self.assertEqual(self.files[TWO], [0, 1, 2])

    def test_waits_for_the_administrator(self) -> None:
        self.refused_logins = 2
        code, said = self.keep()
        self.assertEqual((code, said.count("waiting for the administrator root")), (0, 2))

    def test_fails_when_the_administrator_cannot_log_in(self) -> None:
        self.refused_logins = 10**9
        code, said = self.keep()
        self.assertEqual(code, 1)
        self.assertIn("the administrator root cannot log in: 403 M_FORBIDDEN", said)

    def test_fails_and_logs_out_when_messages_could_not_be_removed(self) -> None:
        self.states = ["failed"]
        code, said = self.keep()
        self.assertEqual((code, self.sessions), (1, 0))
        self.assertIn("old messages were not removed: failed", said)

    def test_fails_when_synapse_does_not_answer(self) -> None:
        self.url = "http://127.0.0.1:1"
        code, said = self.keep()
        self.assertEqual(code, 1)
        self.assertIn("Synapse did not answer", said)
