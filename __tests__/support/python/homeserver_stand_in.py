"""A homeserver of this test process, which knows what the synthetic user asks of one."""

import threading
import urllib.parse
from pathlib import Path
from typing import Any

#: Seconds that a sync waits at most.
LONGEST = 1.0


class Homeserver:
    """Accounts, rooms and files in memory. `serving(homeserver.answer)` serves it."""

    def __init__(self) -> None:
        self.password = "right"
        #: Users by token.
        self.tokens: dict[str, str] = {}
        #: By ID: the content of its creation, its members, and its events.
        self.rooms: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.answer_of_files: bytes | None = None
        self.turn: dict[str, Any] = {"uris": ["turns:turn.example.org"]}
        self.named = "the homeserver itself"
        #: Ends of paths that answer 503.
        self.broken: set[str] = set()
        self.delivers = True
        self.logins = 0
        self.asked: list[tuple[str, str, Any]] = []
        self._news = threading.Condition()

    def settings(self, url: str, folder: Path, **more: Any) -> dict[str, Any]:
        """Settings of a synthetic user of this server."""
        (folder / "password").write_text("right\n", encoding="utf-8")
        return {
            "homeserver": url,
            "wellKnown": f"{url}/.well-known/matrix/client",
            "federation": f"{url}/_matrix/federation/v1/version",
            "relaysCalls": True,
            "users": ["one", "two"],
            "passwordFile": str(folder / "password"),
            "interval": 60,
            "port": 0,
            **more,
        }

    def answer(self, method: str, path: str, body: Any, token: str) -> tuple[int, Any]:
        """The answer to a request."""
        self.asked.append((method, path, body))
        parts = urllib.parse.urlsplit(path)
        words = [urllib.parse.unquote(word) for word in parts.path.split("/")]
        if any(parts.path.endswith(end) for end in self.broken):
            return 503, {"errcode": "M_UNKNOWN", "error": "a text that nobody should repeat"}
        if parts.path.endswith("/version"):
            return 200, {"server": {"name": "stand-in"}}
        if parts.path.endswith("/matrix/client"):
            return 200, {"m.homeserver": {"base_url": self.named}}
        if parts.path.endswith("/login"):
            return self._log_in(body)
        if token not in self.tokens:
            return 401, {"errcode": "M_UNKNOWN_TOKEN"}
        if words[-1] == "logout":
            del self.tokens[token]
            return 200, {}
        user = self.tokens[token]
        if words[-1] == "turnServer":
            return 200, self.turn
        if "media" in words:
            return self._media(words, body)
        if words[-1] == "sync":
            return self._sync(user, urllib.parse.parse_qs(parts.query))
        return self._in_room(user, words, body)

    def _log_in(self, body: Any) -> tuple[int, Any]:
        if body["password"] != self.password:
            return 403, {"errcode": "M_FORBIDDEN"}
        self.logins += 1
        name = body["identifier"]["user"]
        token = f"token{self.logins}"
        self.tokens[token] = f"@{name}:example.org"
        return 200, {"access_token": token, "user_id": f"@{name}:example.org"}

    def _media(self, words: list[str], body: Any) -> tuple[int, Any]:
        if words[-1] == "upload":
            name = f"file{len(self.files)}"
            self.files[name] = body
            return 200, {"content_uri": f"mxc://example.org/{name}"}
        return 200, self.answer_of_files or self.files[words[-1]]

    def _sync(self, user: str, query: dict[str, list[str]]) -> tuple[int, Any]:
        since = int(query.get("since", ["-1"])[0])
        wait = min(LONGEST, int(query["timeout"][0]) / 1000)
        with self._news:
            if since >= 0:
                self._news.wait_for(lambda: self.delivers and self._count() > since, wait)
            mine = {name: room for name, room in self.rooms.items() if user in room["members"]}
            shown = {name: {"timeline": {"events": room["events"]}} for name, room in mine.items()}
            return 200, {"next_batch": str(self._count()), "rooms": {"join": shown if self.delivers else {}}}

    def _count(self) -> int:
        return sum(len(room["events"]) for room in self.rooms.values())

    def _in_room(self, user: str, words: list[str], body: Any) -> tuple[int, Any]:
        if words[-1] == "joined_rooms":
            return 200, {"joined_rooms": [name for name, room in self.rooms.items() if user in room["members"]]}
        if words[-1] == "createRoom":
            name = f"!room{len(self.rooms)}"
            self.rooms[name] = {"create": body["creation_content"], "members": {user}, "events": []}
            return 200, {"room_id": name}
        room = self.rooms.get(words[5])
        if room is None:
            return 403, {"errcode": "M_FORBIDDEN"}
        if words[-1] == "m.room.create":
            return 200, room["create"]
        if words[-1] == "leave":
            room["members"].discard(user)
        if words[-1] == "join":
            room["members"].add(user)
        if words[-1] == "messages":
            return 200, {"chunk": room["events"][::-1]}
        if "send" in words:
            with self._news:
                room["events"].append({"sender": user, "content": body})
                self._news.notify_all()
            return 200, {"event_id": f"$event{self._count()}"}
        return 200, {}
