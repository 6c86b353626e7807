import asyncio
import sqlite3
import unittest
from typing import Any

import even_logins

ALICE, BOB, OLD = "@alice:example.org", "@bob:example.org", "@Old:example.org"
OWN, OF_NONE = b"a hash of right", b"4 rounds "


class Logins:
    """The parts of Synapse's handler of logins that are used: Alice and Old have a password, Bob has none."""

    def __init__(self) -> None:
        self.spent: list[bytes] = []

    async def _find_user_id_and_pwd_hash(self, user_id: str) -> tuple[str, bytes | None] | None:
        known = {ALICE: OWN, OLD: OWN, BOB: None}
        return (user_id, known[user_id]) if user_id in known else None

    async def _check_local_password(self, user_id: str, password: str) -> str | None:
        found = await self._find_user_id_and_pwd_hash(user_id)
        return user_id if found and await self.validate_hash(password, found[1]) else None

    async def validate_hash(self, password: str, stored_hash: bytes | None) -> bool:
        if not stored_hash:
            return False
        self.spent.append(stored_hash)
        return stored_hash.endswith(password.encode())


class Api:
    """The parts of Synapse's interface for modules that are used, on a small database."""

    def __init__(self, logins: Any) -> None:
        self._auth_handler = logins
        self.hooks: dict[str, Any] = {}
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE TABLE user_threepids (medium TEXT, address TEXT)")
        self._database.execute("INSERT INTO user_threepids VALUES ('email', 'alice@example.org')")

    def register_password_auth_provider_callbacks(self, **hooks: Any) -> None:
        self.hooks = hooks

    async def run_db_interaction(self, _: str, ask: Any, *values: str) -> Any:
        return ask(self._database.cursor(), *values)


class EvenLoginsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.logins = Logins()
        self.api = Api(self.logins)
        even_logins.EvenLogins({"bcrypt_rounds": 4}, self.api)

    def login(self, user_id: str, password: str) -> str | None:
        self.logins.spent.clear()
        return asyncio.run(self.logins._check_local_password(user_id, password))

    def test_leaves_the_decision_to_synapse(self) -> None:
        self.assertEqual(self.login(ALICE, "right"), ALICE)
        self.assertIsNone(self.login(ALICE, "wrong"))
        for name in (BOB, "@nobody:example.org"):
            for password in ("right", ""):
                self.assertIsNone(self.login(name, password))

    def test_checks_one_password_for_every_name(self) -> None:
        for name in (ALICE, OLD):
            self.login(name, "x" * 100)
            self.assertEqual(self.logins.spent, [OWN], name)
        for name in (BOB, "@nobody:example.org", "@alice:elsewhere.org", "@" + "x" * 300, ""):
            self.login(name, "x" * 100)
            self.assertEqual(self.logins.spent, [OF_NONE], name)

    def test_checks_a_password_for_an_unknown_address(self) -> None:
        check = self.api.hooks["check_3pid_auth"]
        self.assertIsNone(asyncio.run(check("email", "alice@example.org", "x")))
        self.assertEqual(self.logins.spent, [])
        for medium, address in (("email", "nobody@example.org"), ("msisdn", "alice@example.org")):
            self.assertIsNone(asyncio.run(check(medium, address, "x")))
        self.assertEqual(self.logins.spent, [OF_NONE, OF_NONE])

    def test_registers_no_check_of_passwords(self) -> None:
        self.assertEqual(list(self.api.hooks), ["check_3pid_auth"])

    def test_does_not_start_beside_another_handler_of_logins(self) -> None:
        class Renamed(Logins):
            _check_local_password = None  # type: ignore[assignment]

        class Changed(Logins):
            async def validate_hash(self, password: str, stored_hash: bytes | None, more: int = 0) -> bool:
                return False

        class Waiting(Logins):
            def _find_user_id_and_pwd_hash(self, user_id: str) -> Any:
                return None

        for logins, missing in (
            (None, "_check_local_password"),
            (Renamed(), "_check_local_password"),
            (Changed(), "validate_hash"),
            (Waiting(), "_find_user_id_and_pwd_hash"),
        ):
            with self.assertRaisesRegex(RuntimeError, f"has no {missing}.*use the version of Synapse"):
                even_logins.EvenLogins({"bcrypt_rounds": 4}, Api(logins))
