"""Creates the first administrator if it does not exist, and removes the rate limits of the platform's own accounts.

It can run again at any time.

usage: accounts.py [SETTINGS]; settings.json beside it is
{homeserver: URL, administrator: local part, unlimited: [user ID, …], secretsFolder, patience}
The folder holds registration_shared_secret and admin_password. The program waits up to `patience` seconds for Synapse,
and then as long for accounts that do not exist yet.
https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html#override-ratelimiting-for-users
"""

import dataclasses
import json
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from synapse_api import NoAnswer, Synapse, quoted

UNLIMITED = {"messages_per_second": 0, "burst_count": 0}


@dataclasses.dataclass(frozen=True)
class Settings:
    """The settings from settings.json."""

    homeserver: str
    administrator: str
    unlimited: tuple[str, ...]
    patience: float
    secrets_folder: Path


def load(path: Path) -> Settings:
    """Reads settings.json."""
    given = json.loads(path.read_text(encoding="utf-8"))
    return Settings(
        homeserver=given["homeserver"],
        administrator=given["administrator"],
        unlimited=tuple(given["unlimited"]),
        patience=float(given["patience"]),
        secrets_folder=Path(given["secretsFolder"]),
    )


def fail(text: str) -> NoReturn:
    """Ends the program with a message."""
    raise SystemExit(f"accounts: {text}")


def must(what: str, status: int, answer: Any) -> Any:
    """Returns the answer. Any status except 200 ends the program."""
    if status != 200:
        fail(f"{what}: {status} {answer.get('errcode')} {answer.get('error')}")
    return answer


class Accounts:
    """The accounts of a homeserver."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._synapse = Synapse(settings.homeserver, settings.patience)

    def run(self) -> None:
        """Creates the administrator, removes rate limits and logs out."""
        session = self.administrator()
        try:
            self.lift_all(session["access_token"])
        finally:
            self._synapse.ask("POST", "/_matrix/client/v3/logout", {}, session["access_token"])
        print("accounts: done")

    def _secret(self, name: str) -> str:
        return (self._settings.secrets_folder / name).read_text(encoding="utf-8").strip()

    def administrator(self) -> Any:
        """Logs the administrator in, after creating the account if necessary, and returns the session."""
        name, password = self._settings.administrator, self._secret("admin_password")
        status, session = self._synapse.log_in(name, password, initial_device_display_name="matrix-accounts")
        if status == 200:
            print(f"accounts: {session['user_id']} already exists")
        else:
            session = self._register(name, password)
            print(f"accounts: created {session['user_id']} with the password from its Secret")
        user, token = session["user_id"], session["access_token"]
        status, _ = self._synapse.ask("GET", f"/_synapse/admin/v2/users/{quoted(user)}", token=token)
        if status == 403:
            fail(
                f"the account {user} exists, but is not an administrator: use another adminUsername, or make it one "
                '(as another administrator: PUT /_synapse/admin/v2/users/USER_ID with {"admin": true}). '
                "Then delete this Job and apply again"
            )
        return session

    def _register(self, name: str, password: str) -> Any:
        status, session = self._synapse.register(self._secret("registration_shared_secret"), name, password)
        if status != 200 and session.get("errcode") == "M_USER_IN_USE":
            fail(
                f"the account '{name}' exists, but cannot log in with the password from its Secret. Put the account's "
                "password into the Secret, set the Secret's password for the account (as another administrator: POST "
                "/_synapse/admin/v1/reset_password/USER_ID), or use another adminUsername. Then delete this Job and "
                "apply again"
            )
        return must(f"registration of {name}", status, session)

    def lift(self, user: str, token: str) -> bool:
        """Removes the rate limits of an account. Returns False if the account does not exist."""
        path = f"/_synapse/admin/v1/users/{quoted(user)}/override_ratelimit"
        status, limits = self._synapse.ask("GET", path, token=token)
        if status == 404:
            return False
        if must(f"rate limits of {user}", status, limits) != UNLIMITED:
            must(f"rate limits of {user}", *self._synapse.ask("POST", path, UNLIMITED, token))
            print(f"accounts: removed the rate limits of {user}")
        return True

    def lift_all(self, token: str) -> None:
        """Removes the rate limits of all listed accounts, and waits for those that do not exist yet."""
        missing = list(self._settings.unlimited)
        end = time.monotonic() + self._settings.patience
        while missing := [user for user in missing if not self.lift(user, token)]:
            if time.monotonic() > end:
                fail(
                    f"these accounts do not exist: {', '.join(missing)}. Check the names in unlimited, and that the "
                    "services which create the accounts are running. All other accounts are done"
                )
            print(f"waiting for {', '.join(missing)}", flush=True)
            time.sleep(min(10, self._settings.patience))


def main(arguments: list[str]) -> None:
    """Reads the settings and applies them."""
    settings = load(Path(arguments[0]) if arguments else Path(__file__).with_name("settings.json"))
    try:
        Accounts(settings).run()
    except NoAnswer as problem:
        fail(str(problem))


if __name__ == "__main__":
    main(sys.argv[1:])
