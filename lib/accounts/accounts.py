"""Makes the first administrator where there is none, and lifts the rate limits of the platform's own accounts.

Can be run again at any time.

usage: accounts.py [SETTINGS]; settings.json beside it is
{homeserver: URL, administrator: local part, unlimited: [user ID, …], secretsFolder, patience}
The folder holds registration_shared_secret and admin_password. So many seconds are waited for Synapse, and then for
accounts that are not there yet.
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
    """What settings.json says."""

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
    """Ends the Job with one line."""
    raise SystemExit(f"accounts: {text}")


def must(what: str, status: int, answer: Any) -> Any:
    """The answer; anything but success ends the Job."""
    if status != 200:
        fail(f"{what}: {status} {answer.get('errcode')} {answer.get('error')}")
    return answer


class Accounts:
    """The accounts of a homeserver."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._synapse = Synapse(settings.homeserver, settings.patience)

    def run(self) -> None:
        """Makes the administrator, lifts limits, and leaves no session behind."""
        session = self.administrator()
        try:
            self.lift_all(session["access_token"])
        finally:
            self._synapse.ask("POST", "/_matrix/client/v3/logout", {}, session["access_token"])
        print("accounts: done")

    def _secret(self, name: str) -> str:
        return (self._settings.secrets_folder / name).read_text(encoding="utf-8").strip()

    def administrator(self) -> Any:
        """A session of the administrator."""
        name, password = self._settings.administrator, self._secret("admin_password")
        status, session = self._synapse.log_in(name, password, initial_device_display_name="matrix-accounts")
        if status == 200:
            print(f"accounts: {session['user_id']} is there")
        else:
            session = self._register(name, password)
            print(f"accounts: {session['user_id']} is made, with the password of its Secret")
        user, token = session["user_id"], session["access_token"]
        status, _ = self._synapse.ask("GET", f"/_synapse/admin/v2/users/{quoted(user)}", token=token)
        if status == 403:
            fail(
                f"the account {user} is there and is not an administrator: name another one as adminUsername, or make "
                "it one "
                '(as another administrator: PUT /_synapse/admin/v2/users/USER_ID with {"admin": true}); then delete '
                "this Job and "
                "apply again"
            )
        return session

    def _register(self, name: str, password: str) -> Any:
        status, session = self._synapse.register(self._secret("registration_shared_secret"), name, password)
        if status != 200 and session.get("errcode") == "M_USER_IN_USE":
            fail(
                f"the account '{name}' is there and does not log in with the password of its Secret. Put the password "
                "that it has "
                "into the Secret, or give it the one of the Secret (as another administrator: POST "
                "/_synapse/admin/v1/reset_password/USER_ID), or name another account as adminUsername; then delete "
                "this Job and "
                "apply again"
            )
        return must(f"registration of {name}", status, session)

    def lift(self, user: str, token: str) -> bool:
        """False while there is no such account."""
        path = f"/_synapse/admin/v1/users/{quoted(user)}/override_ratelimit"
        status, limits = self._synapse.ask("GET", path, token=token)
        if status == 404:
            return False
        if must(f"rate limits of {user}", status, limits) != UNLIMITED:
            must(f"rate limits of {user}", *self._synapse.ask("POST", path, UNLIMITED, token))
            print(f"accounts: {user} has no rate limits any more")
        return True

    def lift_all(self, token: str) -> None:
        """Waits for accounts that are not there yet."""
        missing = list(self._settings.unlimited)
        end = time.monotonic() + self._settings.patience
        while missing := [user for user in missing if not self.lift(user, token)]:
            if time.monotonic() > end:
                fail(
                    f"no account {', '.join(missing)}: is the service that makes it running, is the name right? "
                    "Others are done"
                )
            print(f"waiting for {', '.join(missing)}", flush=True)
            time.sleep(min(10, self._settings.patience))


def main(arguments: list[str]) -> None:
    """Reads the settings, and does what they say."""
    settings = load(Path(arguments[0]) if arguments else Path(__file__).with_name("settings.json"))
    try:
        Accounts(settings).run()
    except NoAnswer as problem:
        fail(str(problem))


if __name__ == "__main__":
    main(sys.argv[1:])
