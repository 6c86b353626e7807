"""The steps that people take: they find the homeserver, log in, write to each other, and exchange files."""

import concurrent.futures
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from people import Account, common_room
from public_client import Failed, PublicClient
from synapse_api import quoted

#: Seconds after which a message that has not arrived is lost.
DELIVERY = 25
#: Seconds of one sync that waits for it.
LONG_POLL = 5
FILE_SIZE = 1024

#: Returns the seconds to note, or None for those that it took.
Step = Callable[[], float | None]


class Conversation:
    """Two people in a room of their own."""

    def __init__(self, settings: dict[str, Any]) -> None:
        ca_file = settings.get("caFile")
        self._settings = settings
        self._client = PublicClient(settings.get("address"), Path(ca_file) if ca_file else None)
        homeserver, password = settings["homeserver"], Path(settings["passwordFile"])
        self._sender, self._receiver = (Account(self._client, homeserver, name, password) for name in settings["users"])
        self._pool = concurrent.futures.ThreadPoolExecutor(max_workers=1)
        self._room: str | None = None
        self._since: str | None = None
        self._waiting: concurrent.futures.Future[float] | None = None
        self._began = 0.0
        self._sent = self._file = ""
        self._content = b""

    def steps(self) -> dict[str, Step]:
        """The steps that are due, in order. At the start, all are."""
        must_log_in = self._sender.must_log_in or self._receiver.must_log_in
        due: dict[str, tuple[Any, Step]] = {
            "well_known": (self._settings.get("wellKnown"), self._discover),
            "federation": (self._settings.get("federation"), self._federate),
            "login": (must_log_in, self._log_in),
            "room": (not self._room, self._enter),
            "sync": (True, self._sync),
            "send": (True, self._send),
            "deliver": (True, self._deliver),
            "read": (True, self._read),
            "upload": (True, self._upload),
            "download": (True, self._download),
            "turn": (self._settings["relaysCalls"], self._relay),
        }
        return {name: step for name, (is_due, step) in due.items() if is_due}

    def _discover(self) -> None:
        said = self._client.ask("GET", self._settings["wellKnown"])["m.homeserver"]["base_url"].rstrip("/")
        if said != self._settings["homeserver"]:
            raise Failed(f"it names another homeserver, {said}")

    def _federate(self) -> None:
        self._client.ask("GET", self._settings["federation"])["server"]["name"]

    def _log_in(self) -> None:
        for account in (self._sender, self._receiver):
            if account.must_log_in:
                account.log_in()

    def _enter(self) -> None:
        self._room = common_room(self._sender, self._receiver)

    def _sync(self) -> None:
        self._since = None
        self._since = self._receiver.sync()["next_batch"]

    def _send(self) -> None:
        """Sends a message while the receiver waits for it, as people's clients do."""
        self._waiting = None
        if not self._room or not self._since:
            raise Failed("there is no room, or no sync")
        self._sent = uuid.uuid4().hex
        self._waiting = self._pool.submit(self._wait, self._room, self._since, self._sent)
        self._began = time.monotonic()
        path = f"client/v3/rooms/{quoted(self._room)}/send/m.room.message/{self._sent}"
        try:
            self._sender.ask("PUT", path, {"msgtype": "m.notice", "body": self._sent})
        except Failed as problem:
            self._sent = ""
            if problem.code in ("M_FORBIDDEN", "M_NOT_FOUND"):
                # An administrator has removed the room: the next round makes another.
                self._room = None
            raise

    def _wait(self, room: str, since: str, body: str) -> float:
        """Returns the time at which the receiver got the message."""
        end = time.monotonic() + DELIVERY
        while self._sent == body and (left := end - time.monotonic()) > 0:
            news = self._receiver.sync(since, min(left, LONG_POLL))
            since = news["next_batch"]
            events = news.get("rooms", {}).get("join", {}).get(room, {}).get("timeline", {}).get("events", [])
            if any(event["content"].get("body") == body for event in events):
                return time.monotonic()
        raise Failed(f"nothing arrived within {DELIVERY} s")

    def _deliver(self) -> float:
        if not self._waiting:
            raise Failed("nothing was sent")
        return self._waiting.result() - self._began

    def _read(self) -> None:
        if not self._room:
            raise Failed("there is no room")
        history = self._receiver.ask("GET", f"client/v3/rooms/{quoted(self._room)}/messages?dir=b&limit=5")
        if not any(event["content"].get("body") == self._sent for event in history["chunk"]):
            raise Failed("the last message is not in the history")

    def _upload(self) -> None:
        self._file, self._content = "", os.urandom(FILE_SIZE)
        self._file = self._sender.ask("POST", "media/v3/upload", self._content)["content_uri"]

    def _download(self) -> None:
        if not self._file:
            raise Failed("nothing was uploaded")
        if self._receiver.ask("GET", f"client/v1/media/download/{self._file.removeprefix('mxc://')}") != self._content:
            raise Failed("the file is not the one that was uploaded")

    def _relay(self) -> None:
        if not self._sender.ask("GET", "client/v3/voip/turnServer").get("uris"):
            raise Failed("there is no TURN server")
