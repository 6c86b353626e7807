import contextlib
import io
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import synapse_admin
from stand_in_server import serving


class SynapseAdmin(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "admin_password").write_text("right\n")
        self.sleep = self.enterContext(mock.patch.object(synapse_admin.time, "sleep"))
        self.said = self.enterContext(contextlib.redirect_stdout(io.StringIO()))
        self.asked: list[str] = []
        self.refused = 0
        self.settings = {
            "homeserver": self.enterContext(serving(self.answer)),
            "administrator": "root",
            "secretsFolder": str(self.folder),
            "patience": 0.1,
        }

    def answer(self, method: str, path: str, body: Any, token: str) -> tuple[int, Any]:
        self.asked.append(f"{method} {path} {token}".strip())
        if path.endswith("/login"):
            self.refused -= 1
            self.assertEqual(body["initial_device_display_name"], "matrix-tester")
            return (200, {"access_token": "t"}) if self.refused < 0 else (403, {"errcode": "M_FORBIDDEN"})
        return (404, {"errcode": "M_NOT_FOUND"}) if path.endswith("/lost") else (200, {})

    def test_logs_in_asks_and_logs_out(self) -> None:
        with synapse_admin.session("tester", self.settings) as session:
            self.assertEqual(session.ask("GET", "/v1/rooms"), {})
            self.assertEqual(session.ask("GET", "/lost", missing={"none": 1}), {"none": 1})
        self.assertEqual(self.asked[1], "GET /_synapse/admin/v1/rooms t")
        self.assertEqual(self.asked[-1], "POST /_matrix/client/v3/logout t")

    def test_waits_for_the_administrator(self) -> None:
        self.refused = 2
        with synapse_admin.session("tester", self.settings):
            self.assertEqual(self.sleep.call_count, 2)

    def test_fails_when_the_administrator_cannot_log_in(self) -> None:
        self.refused = 10**9
        with (
            self.assertRaisesRegex(SystemExit, "tester: the administrator root cannot log in: 403 M_FORBIDDEN"),
            synapse_admin.session("tester", self.settings),
        ):
            self.fail("was let in")

    def test_an_answer_that_is_not_good_ends_the_program_after_a_logout(self) -> None:
        with (
            self.assertRaisesRegex(SystemExit, "tester: GET /lost: 404 M_NOT_FOUND"),
            synapse_admin.session("tester", self.settings) as session,
        ):
            session.ask("GET", "/lost")
        self.assertEqual(self.asked[-1], "POST /_matrix/client/v3/logout t")

    def test_synapse_that_is_away_ends_the_program(self) -> None:
        self.settings["homeserver"] = "http://127.0.0.1:1"
        with self.assertRaisesRegex(SystemExit, "tester: Synapse did not answer"):
            self.enterContext(synapse_admin.session("tester", self.settings))


if __name__ == "__main__":
    unittest.main()
