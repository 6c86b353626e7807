import asyncio
import sqlite3
import unittest
from typing import Any

import even_logins

ALICE, BOB, OLD = "@alice:example.org", "@bob:example.org", "@Old:example.org"


class Api:
    """The parts of Synapse's interface for modules that are used, on a small database."""

    def __init__(self) -> None:
        self.spent: list[bytes] = []
        self.hooks: dict[str, Any] = {}
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE TABLE users (name TEXT, password_hash TEXT)")
        rows = [(ALICE, "hash"), (BOB, None), (OLD, "hash"), ("@OLD:example.org", "hash")]
        self._database.executemany("INSERT INTO users VALUES (?, ?)", rows)
        self._database.execute("CREATE TABLE user_threepids (medium TEXT, address TEXT)")
        self._database.execute("INSERT INTO user_threepids VALUES ('email', 'alice@example.org')")

    def register_password_auth_provider_callbacks(self, **hooks: Any) -> None:
        self.hooks = hooks

    def get_qualified_user_id(self, username: str) -> str:
        return username if username.startswith("@") else f"@{username}:example.org"

    async def run_db_interaction(self, _: str, ask: Any) -> Any:
        return ask(self._database.cursor())

    async def defer_to_thread(self, check: Any, password: bytes, hashed: bytes) -> None:
        check(password, hashed)
        self.spent.append(hashed)


class EvenLoginsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.api = Api()
        self.module = even_logins.EvenLogins({"bcrypt_rounds": 4}, self.api)

    def spends(self, name: str) -> bool:
        check = self.api.hooks["auth_checkers"][("m.login.password", ("password",))]
        self.assertIsNone(asyncio.run(check(name, "m.login.password", {"password": "x" * 100})))
        return bool(self.api.spent)

    def test_leaves_a_password_to_synapse(self) -> None:
        for name in ("alice", "Alice", ALICE, OLD):
            self.assertFalse(self.spends(name), name)

    def test_spends_the_time_of_a_check_where_there_is_no_password(self) -> None:
        for name in ("nobody", "bob", "@alice:elsewhere.org", "old"):
            self.api.spent.clear()
            self.assertTrue(self.spends(name), name)
        self.assertEqual(self.api.spent, [b"4 rounds "])

    def test_spends_the_time_of_a_check_for_an_unknown_address(self) -> None:
        check = self.api.hooks["check_3pid_auth"]
        self.assertIsNone(asyncio.run(check("email", "alice@example.org", "x")))
        self.assertEqual(self.api.spent, [])
        self.assertIsNone(asyncio.run(check("email", "nobody@example.org", "x")))
        self.assertEqual(len(self.api.spent), 1)
