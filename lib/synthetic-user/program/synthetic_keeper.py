"""Makes the accounts of the synthetic user, and removes what it left behind: all but the last day's messages and files.

It can run again at any time. It has the rights of an administrator, and so is not the program that talks to the public.

usage: synthetic_keeper.py [SETTINGS]; settings.json beside it is
{homeserver: URL of the admin API, serverName, users: [local part, local part], administrator, secretsFolder, patience}
The folder holds admin_password and password, that of both accounts.
https://element-hq.github.io/synapse/latest/admin_api/purge_history_api.html
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from people import ROOM_TYPE
from synapse_api import NoAnswer, Synapse, quoted

ADMIN = "/_synapse/admin"
#: Seconds for which messages are kept.
KEPT = 86_400
#: Newest files of each account that are kept: those that may be fetched just now.
KEPT_FILES = 10
#: Files that are removed by one request.
MANY = 500


class Keeper:
    """Acts as the administrator."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._synapse = Synapse(settings["homeserver"], settings["patience"])
        self._users = [f"@{name}:{settings['serverName']}" for name in settings["users"]]
        self._token = ""

    def run(self) -> None:
        """Does everything, and logs out."""
        self._log_in()
        try:
            for user in self._users:
                self._make(user)
            for room in self._ask("GET", f"/v1/users/{quoted(self._users[0])}/joined_rooms")["joined_rooms"]:
                self._purge(room)
            for user in self._users:
                self._remove_files(user)
        finally:
            self._synapse.ask("POST", "/_matrix/client/v3/logout", {}, self._token)

    def _secret(self, name: str) -> str:
        return (Path(self._settings["secretsFolder"]) / name).read_text(encoding="utf-8").strip()

    def _ask(self, method: str, path: str, body: Any = None, missing: Any = None) -> Any:
        """Asks the admin API. Any status except 200 ends the program, but 404 where `missing` is the answer to it."""
        status, answer = self._synapse.ask(method, ADMIN + path, body, self._token)
        if status == 404 and missing is not None:
            return missing
        if status != 200:
            fail(f"{method} {path}: {status} {answer.get('errcode')} {answer.get('error')}")
        return answer

    def _log_in(self) -> None:
        """Waits until another Job has created the administrator."""
        name, end = self._settings["administrator"], time.monotonic() + self._settings["patience"]
        while True:
            status, session = self._synapse.log_in(
                name, self._secret("admin_password"), initial_device_display_name="matrix-synthetic-keeper"
            )
            if status == 200:
                self._token = session["access_token"]
                return
            if time.monotonic() > end:
                fail(f"the administrator {name} cannot log in: {status} {session.get('errcode')}. See accounts")
            print(f"waiting for the administrator {name}", flush=True)
            time.sleep(min(10, self._settings["patience"]))

    def _make(self, user: str) -> None:
        """Creates the account, or sets its password to that of the Secret.

        The type keeps it out of the user directory and out of the number of monthly users.
        """
        account = {
            "password": self._secret("password"),
            "logout_devices": False,
            "admin": False,
            "user_type": "support",
            "displayname": "Synthetic user",
        }
        path = f"/v2/users/{quoted(user)}"
        status, answer = self._synapse.ask("PUT", ADMIN + path, account, self._token)
        if status not in (200, 201):
            fail(f"account {user}: {status} {answer.get('errcode')} {answer.get('error')}")
        print(f"synthetic-keeper: {user} {'was created' if status == 201 else 'exists'}", flush=True)

    def _purge(self, room: str) -> None:
        """Removes old messages from the room, if the synthetic user has created it: never from one of people."""
        about = self._ask("GET", f"/v1/rooms/{quoted(room)}")
        if about["creator"] != self._users[0] or about["room_type"] != ROOM_TYPE:
            print(f"synthetic-keeper: {room} is not a room of the synthetic user, and was not changed", flush=True)
            return
        until = {"delete_local_events": True, "purge_up_to_ts": int((time.time() - KEPT) * 1000)}
        nothing: dict[str, str] = {}
        started = self._ask("POST", f"/v1/purge_history/{quoted(room)}", until, missing=nothing)
        if started is nothing:
            print("synthetic-keeper: no message is old", flush=True)
            return
        path = f"/v1/purge_history_status/{quoted(started['purge_id'])}"
        while (status := self._ask("GET", path)["status"]) == "active":
            time.sleep(1)
        if status != "complete":
            fail(f"old messages were not removed: {status}. The log of Synapse has the reason")
        print("synthetic-keeper: removed old messages", flush=True)

    def _remove_files(self, user: str) -> None:
        path = f"/v1/users/{quoted(user)}/media"
        while (total := self._ask("GET", f"{path}?limit=1")["total"]) > KEPT_FILES:
            limit = min(MANY, total - KEPT_FILES)
            removed = self._ask("DELETE", f"{path}?limit={limit}&order_by=created_ts&dir=f")["total"]
            print(f"synthetic-keeper: removed {removed} files of {user}", flush=True)
            if not removed:
                return


def fail(text: str) -> None:
    """Ends the program with a message."""
    raise SystemExit(f"synthetic-keeper: {text}")


def main(arguments: list[str]) -> None:
    """Reads the settings and applies them."""
    path = Path(arguments[0]) if arguments else Path(__file__).with_name("settings.json")
    try:
        Keeper(json.loads(path.read_text(encoding="utf-8"))).run()
    except NoAnswer as problem:
        fail(str(problem))


if __name__ == "__main__":
    main(sys.argv[1:])
