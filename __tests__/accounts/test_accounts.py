import json
import tempfile
import threading
import time
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import accounts
import synapse_api
from output import outcome
from stand_in_server import serving


class Accounts(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "registration_shared_secret").write_text("shared\n")
        (self.folder / "admin_password").write_text("right")
        #: The accounts of the server.
        self.accounts: dict[str, dict[str, Any]] = {}
        #: Requests that change something.
        self.changes: list[str] = []
        self.tokens: set[str] = set()
        #: Status codes of the first answers, for any request.
        self.refusals: list[int] = []
        self.url = self.enterContext(serving(self.answer))

    def answer(self, method: str, path: str, body: Any, token: str) -> tuple[int, Any]:
        if self.refusals:
            return self.refusals.pop(0), {"errcode": "M_UNKNOWN"}
        if path.endswith("/login"):
            return self.session(body["identifier"]["user"], body["password"])
        if path.endswith("/register"):
            return (200, {"nonce": "n"}) if method == "GET" else self.register(body)
        if path.endswith("/logout"):
            self.tokens.discard(token)
            return 200, {}
        if token not in self.tokens or not self.accounts[token]["admin"]:
            return 403, {"errcode": "M_FORBIDDEN"}
        user = path.split("/users/%40")[1].split("%3Aexample.org")[0]
        if user not in self.accounts:
            return 404, {"errcode": "M_NOT_FOUND"}
        if not path.endswith("/override_ratelimit"):
            return 200, {}
        if method == "POST":
            self.changes.append(f"lifted {user}")
            self.accounts[user]["limits"] = body
        return 200, self.accounts[user].get("limits", {})

    def session(self, user: str, password: str) -> tuple[int, Any]:
        if self.accounts.get(user, {}).get("password") != password:
            return 403, {"errcode": "M_FORBIDDEN"}
        self.tokens.add(user)
        return 200, {"user_id": f"@{user}:example.org", "access_token": user}

    def register(self, body: Any) -> tuple[int, Any]:
        user, password = body["username"], body["password"]
        if body["mac"] != synapse_api.registration_mac("shared", "n", user, password, True):
            return 403, {"errcode": "M_FORBIDDEN", "error": "HMAC incorrect"}
        if user in self.accounts:
            return 400, {"errcode": "M_USER_IN_USE"}
        self.changes.append(f"made {user}")
        self.accounts[user] = {"password": password, "admin": True}
        return self.session(user, password)

    def run_job(self, *unlimited: str, patience: float = 0.1) -> tuple[int, str]:
        given = {
            "homeserver": self.url,
            "administrator": "root",
            "unlimited": unlimited,
            "patience": patience,
            "secretsFolder": str(self.folder),
        }
        path = self.folder / "settings.json"
        path.write_text(json.dumps(given), encoding="utf-8")
        return outcome(accounts.main, [str(path)])

    def account(self, name: str, **more: Any) -> None:
        self.accounts[name] = {"password": "x", "admin": False, **more}

    def test_creates_the_administrator_with_the_shared_secret_and_logs_out(self) -> None:
        said = "accounts: created @root:example.org with the password from its Secret\naccounts: done\n"
        self.assertEqual(self.run_job(), (0, said))
        self.assertEqual((self.accounts["root"], self.tokens), ({"password": "right", "admin": True}, set()))

    def test_changes_nothing_when_it_runs_again(self) -> None:
        self.run_job("@root:example.org")
        self.changes.clear()
        said = "accounts: @root:example.org already exists\naccounts: done\n"
        self.assertEqual(self.run_job("@root:example.org"), (0, said))
        self.assertEqual(self.changes, [])

    def test_removes_the_limits_of_the_listed_accounts_only(self) -> None:
        self.account("agency")
        self.account("other", limits={"messages_per_second": 5, "burst_count": 5})
        self.account("person")
        self.assertEqual(self.run_job("@agency:example.org", "@other:example.org")[0], 0)
        self.assertEqual(self.changes, ["made root", "lifted agency", "lifted other"])
        self.assertEqual(self.accounts["agency"]["limits"], {"messages_per_second": 0, "burst_count": 0})
        self.assertNotIn("limits", self.accounts["person"])

    def test_waits_for_accounts_that_do_not_exist_yet(self) -> None:
        timer = threading.Timer(0.4, self.account, ["agency"])
        timer.start()
        with mock.patch.object(accounts.time, "sleep", lambda _, sleep=time.sleep: sleep(0.1)):
            code, said = self.run_job("@agency:example.org", patience=5)
        timer.join()
        self.assertEqual(code, 0)
        self.assertIn("waiting for @agency:example.org", said)
        self.assertIn("limits", self.accounts["agency"])

    def test_fails_with_the_names_of_accounts_that_never_existed_after_it_has_done_the_others(self) -> None:
        names = ["@missing:example.org", "@agency:example.org", "@root:example.org", "@lost:example.org"]
        code, said = self.run_job(*names)
        self.assertEqual(code, 1)
        self.assertIn("do not exist: @missing:example.org, @agency:example.org, @lost:example.org", said)
        self.assertEqual((self.changes, self.tokens), (["made root", "lifted root"], set()))

    def test_fails_when_the_account_exists_with_another_password(self) -> None:
        self.account("root", password="other", admin=True)
        code, said = self.run_job()
        self.assertEqual(code, 1)
        self.assertIn("the account 'root' exists, but cannot log in", said)
        self.assertIn("reset_password", said)
        self.assertNotIn("right", said)
        self.assertEqual(self.changes, [])

    def test_fails_when_the_account_is_not_an_administrator(self) -> None:
        self.account("root", password="right")
        code, said = self.run_job("root")
        self.assertEqual(code, 1)
        self.assertIn("@root:example.org exists, but is not an administrator", said)
        self.assertEqual(self.changes, [])

    def test_retries_while_synapse_is_down_or_limits_requests(self) -> None:
        for refusal in (503, 429):
            with self.subTest(refusal):
                self.accounts.clear()
                self.refusals = [refusal]
                code, said = self.run_job(patience=0.3)
                self.assertEqual(code, 0)
                self.assertIn(f"waiting for Synapse: HTTP Error {refusal}", said)

    def test_fails_when_synapse_stays_down(self) -> None:
        self.refusals = [503] * 1000
        code, said = self.run_job()
        self.assertEqual(code, 1)
        self.assertIn("accounts: Synapse did not answer at http://127.0.0.1", said)

    def test_fails_when_synapse_has_another_shared_secret(self) -> None:
        (self.folder / "registration_shared_secret").write_text("wrong")
        code, said = self.run_job()
        self.assertEqual(code, 1)
        self.assertIn("registration of root: 403 M_FORBIDDEN HMAC", said)
