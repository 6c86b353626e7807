"""A module of Synapse that lets a login take as long for an unknown name as for a known one.

Synapse checks a password only where there is one, which takes ten times as long: a few logins would tell who has an
account.
"""

import unicodedata
from typing import Any

import bcrypt

OF_USER = "SELECT name, password_hash FROM users WHERE lower(name) = lower(?)"
OF_ADDRESS = "SELECT 1 FROM user_threepids WHERE medium = ? AND address = ?"


class EvenLogins:
    """Checks a password against nothing where Synapse has nothing to check it against."""

    def __init__(self, config: dict[str, Any], api: Any) -> None:
        self._api = api
        self._hash = bcrypt.hashpw(b"", bcrypt.gensalt(config["bcrypt_rounds"]))
        api.register_password_auth_provider_callbacks(
            auth_checkers={("m.login.password", ("password",)): self.check_user},
            check_3pid_auth=self.check_address,
        )

    async def check_user(self, username: str, _: str, login: dict[str, Any]) -> None:
        """Spends the time of a check if the user has no password. Synapse itself decides about the login."""
        user = self._api.get_qualified_user_id(username)
        found = await self._rows(OF_USER, user)
        exact = [row for row in found if row[0] == user] or found
        if len(exact) != 1 or not exact[0][1]:
            await self._spend(login["password"])

    async def check_address(self, medium: str, address: str, password: str) -> None:
        """Spends the time of a check if no user has the e-mail address or phone number."""
        if not await self._rows(OF_ADDRESS, medium, address):
            await self._spend(password)

    async def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        def ask(cursor: Any) -> list[tuple[Any, ...]]:
            cursor.execute(query, values)
            return list(cursor.fetchall())

        return list(await self._api.run_db_interaction("even_logins", ask))

    async def _spend(self, password: str) -> None:
        given = unicodedata.normalize("NFKC", str(password)).encode("utf-8", "replace")[:72]
        await self._api.defer_to_thread(bcrypt.checkpw, given, self._hash)
