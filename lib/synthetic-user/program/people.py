"""The two accounts of the synthetic user, and their room."""

import contextlib
import time
from pathlib import Path
from typing import Any

from public_client import PATIENCE, Failed, PublicClient
from synapse_api import quoted

#: Type of the room. The keeper purges no room of another type.
ROOM_TYPE = "org.oriso.matrix.synthetic"
#: The same at each login, so that devices do not pile up.
DEVICE = "SYNTHETICUSER"
#: Seconds after which an account logs in again, so that logins are tried too.
SESSION = 3600
#: A sync returns only this: no presence, no account data, the last messages.
FILTER = '{"presence":{"types":[]},"account_data":{"types":[]},"room":{"timeline":{"limit":10}}}'


class Account:
    """An account of the homeserver."""

    def __init__(self, client: PublicClient, homeserver: str, name: str, password: Path) -> None:
        self.name = name
        self.user_id = ""
        self._client = client
        self._url = f"{homeserver}/_matrix"
        self._password = password
        self._token: str | None = None
        self._since = 0.0

    @property
    def must_log_in(self) -> bool:
        """Whether it has no session, or one that is old."""
        return self._token is None or time.monotonic() > self._since + SESSION

    def log_in(self) -> None:
        """Replaces the session. The password is read each time, because its Secret may have changed."""
        if self._token:
            # Synapse keeps the tokens of earlier logins, also those of the same device, until it is logged out.
            with contextlib.suppress(Failed):
                self.ask("POST", "client/v3/logout", {})
        self._token = None
        session = self._client.ask(
            "POST",
            f"{self._url}/client/v3/login",
            {
                "type": "m.login.password",
                "identifier": {"type": "m.id.user", "user": self.name},
                "password": self._password.read_text(encoding="utf-8").strip(),
                "device_id": DEVICE,
                "initial_device_display_name": "Synthetic user",
            },
        )
        self._token, self.user_id, self._since = session["access_token"], session["user_id"], time.monotonic()

    def ask(self, method: str, path: str, body: Any = None, patience: float = PATIENCE) -> Any:
        """Sends a request with the session. One that is refused ends it, and the next round logs in again."""
        if self._token is None:
            raise Failed(f"{self.name} is not logged in")
        try:
            return self._client.ask(method, f"{self._url}/{path}", body, self._token, patience)
        except Failed as problem:
            if problem.code == "M_UNKNOWN_TOKEN":
                self._token = None
            raise

    def sync(self, since: str | None = None, wait: float = 0) -> Any:
        """Asks for news, and waits for them. `wait` is in seconds."""
        query = f"set_presence=offline&filter={quoted(FILTER)}&timeout={int(wait * 1000)}"
        after = f"&since={quoted(since)}" if since else ""
        return self.ask("GET", f"client/v3/sync?{query}{after}", patience=wait + PATIENCE)

    def rooms(self) -> list[str]:
        """The rooms of the synthetic user that it is in. It leaves others, where people would see it."""
        mine = []
        for room in self.ask("GET", "client/v3/joined_rooms")["joined_rooms"]:
            created = self.ask("GET", f"client/v3/rooms/{quoted(room)}/state/m.room.create")
            if created.get("type") == ROOM_TYPE:
                mine.append(room)
            else:
                self.ask("POST", f"client/v3/rooms/{quoted(room)}/leave", {})
        return mine


def common_room(sender: Account, receiver: Account) -> str:
    """Returns the room of both accounts, and creates it where there is none.

    It is not listed, other servers cannot join it, and only its members see what is written in it.
    """
    receiving = receiver.rooms()
    known = sender.rooms()
    for room in known:
        if room in receiving:
            return room
    if known:
        room = known[0]
        sender.ask("POST", f"client/v3/rooms/{quoted(room)}/invite", {"user_id": receiver.user_id})
    else:
        room = sender.ask(
            "POST",
            "client/v3/createRoom",
            {
                "preset": "private_chat",
                "visibility": "private",
                "name": "Synthetic user",
                "creation_content": {"m.federate": False, "type": ROOM_TYPE},
                "initial_state": [
                    {"type": "m.room.history_visibility", "content": {"history_visibility": "joined"}},
                ],
                "invite": [receiver.user_id],
            },
        )["room_id"]
    receiver.ask("POST", f"client/v3/rooms/{quoted(room)}/join", {})
    return str(room)
