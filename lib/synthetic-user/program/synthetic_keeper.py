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
from synapse_admin import Session, session
from synapse_api import quoted

#: Seconds for which messages are kept.
KEPT = 86_400
#: Newest files of each account that are kept: those that may be fetched just now.
KEPT_FILES = 10
#: Files that are removed by one request.
MANY = 500


class Keeper:
    """Acts as the administrator."""

    def __init__(self, settings: dict[str, Any], session: Session) -> None:
        self._session = session
        self._users = [f"@{name}:{settings['serverName']}" for name in settings["users"]]

    def run(self) -> None:
        """Does everything."""
        for user in self._users:
            self._make(user)
        for room in self._session.ask("GET", f"/v1/users/{quoted(self._users[0])}/joined_rooms")["joined_rooms"]:
            self._purge(room)
        for user in self._users:
            self._remove_files(user)

    def _make(self, user: str) -> None:
        """Creates the account, or sets its password to that of the Secret.

        The type keeps it out of the user directory and out of the number of monthly users.
        """
        account = {
            "password": self._session.secret("password"),
            "logout_devices": False,
            "admin": False,
            "user_type": "support",
            "displayname": "Synthetic user",
        }
        status, answer = self._session.request("PUT", f"/v2/users/{quoted(user)}", account)
        if status not in (200, 201):
            self._session.fail(f"account {user}: {status} {answer.get('errcode')} {answer.get('error')}")
        self._session.say(f"{user} {'was created' if status == 201 else 'exists'}")

    def _purge(self, room: str) -> None:
        """Removes old messages from the room, if the synthetic user has created it: never from one of people."""
        about = self._session.ask("GET", f"/v1/rooms/{quoted(room)}")
        if about["creator"] != self._users[0] or about["room_type"] != ROOM_TYPE:
            self._session.say(f"{room} is not a room of the synthetic user, and was not changed")
            return
        until = {"delete_local_events": True, "purge_up_to_ts": int((time.time() - KEPT) * 1000)}
        nothing: dict[str, str] = {}
        started = self._session.ask("POST", f"/v1/purge_history/{quoted(room)}", until, missing=nothing)
        if started is nothing:
            self._session.say("no message is old")
            return
        path = f"/v1/purge_history_status/{quoted(started['purge_id'])}"
        while (status := self._session.ask("GET", path)["status"]) == "active":
            time.sleep(1)
        if status != "complete":
            self._session.fail(f"old messages were not removed: {status}. The log of Synapse has the reason")
        self._session.say("removed old messages")

    def _remove_files(self, user: str) -> None:
        path = f"/v1/users/{quoted(user)}/media"
        while (total := self._session.ask("GET", f"{path}?limit=1")["total"]) > KEPT_FILES:
            limit = min(MANY, total - KEPT_FILES)
            removed = self._session.ask("DELETE", f"{path}?limit={limit}&order_by=created_ts&dir=f")["total"]
            self._session.say(f"removed {removed} files of {user}")
            if not removed:
                return


def main(arguments: list[str]) -> None:
    """Reads the settings and applies them."""
    path = Path(arguments[0]) if arguments else Path(__file__).with_name("settings.json")
    settings = json.loads(path.read_text(encoding="utf-8"))
    with session("synthetic-keeper", settings) as administrator:
        Keeper(settings, administrator).run()


if __name__ == "__main__":
    main(sys.argv[1:])
