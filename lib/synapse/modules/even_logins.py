"""A module of Synapse that lets a login take as long for an unknown name as for a known one.

Synapse checks a password only where there is one, which takes ten times as long: a few logins would tell who has an
account.

The interface for modules has a place for this, but a module in it makes Synapse ask users of an OIDC provider for a
password that they do not have. So this one stands around Synapse's own check, and Synapse does not start if that is
not where it is expected.
"""

from typing import Any

import bcrypt

from of_synapse import checked

OF_ADDRESS = "SELECT 1 FROM user_threepids WHERE medium = ? AND address = ?"
#: What is used of Synapse's own handler of logins, with the arguments.
USED = {
    "_check_local_password": ["user_id", "password"],
    "_find_user_id_and_pwd_hash": ["user_id"],
    "validate_hash": ["password", "stored_hash"],
}


class EvenLogins:
    """Checks a password against nothing where Synapse has nothing to check it against."""

    def __init__(self, config: dict[str, Any], api: Any) -> None:
        self._api = api
        self._logins = checked(getattr(api, "_auth_handler", None), USED, "even_logins.py hides who has an account")
        self._hash = bcrypt.hashpw(b"", bcrypt.gensalt(config["bcrypt_rounds"]))
        self._of_synapse = self._logins._check_local_password
        self._logins._check_local_password = self.check_user
        api.register_password_auth_provider_callbacks(check_3pid_auth=self.check_address)

    async def check_user(self, user_id: str, password: str) -> str | None:
        """Returns what Synapse decides, after the time of a check also if the user is unknown or has no password."""
        _, hashed = await self._logins._find_user_id_and_pwd_hash(user_id) or (None, None)
        decided: str | None = await self._of_synapse(user_id, password)
        if not hashed:
            await self._spend(password)
        return decided

    async def check_address(self, medium: str, address: str, password: str) -> None:
        """Spends the time of a check if no user has the e-mail address or phone number: Synapse does not come to it."""
        if not await self._api.run_db_interaction("even_logins", self._known, medium, address):
            await self._spend(password)

    @staticmethod
    def _known(cursor: Any, medium: str, address: str) -> bool:
        cursor.execute(OF_ADDRESS, (medium, address))
        return cursor.fetchone() is not None

    async def _spend(self, password: str) -> None:
        await self._logins.validate_hash(password, self._hash)
