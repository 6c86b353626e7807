"""What tests of the token service stand on: a Synapse and a LiveKit that answer at once, and a clock that is set."""

import json
import urllib.parse
from collections.abc import Coroutine
from typing import Any

from prometheus_client import CollectorRegistry
from twisted.internet import defer
from twisted.python.failure import Failure

import call_request
from call_service import CallService
from delegation import Delegation
from homeserver import Homeserver
from livekit_api import LiveKit
from service_metrics import ServiceMetrics
from sweep import Sweep

ROOM, ANNA, DEVICE = "!r:example.org", "@anna:example.org", "ADEVICE"
SECRET = "a-secret-of-enough-bytes-for-livekit"
SETTINGS: dict[str, Any] = {
    "livekitUrl": "wss://calls.example.org/sfu",
    "identity": "user-and-device",
    "tokenLifetime": 120,
    "openIdReuse": 300,
}


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Runs what never waits, and returns its result."""
    result: list[Any] = []
    defer.Deferred.fromCoroutine(coroutine).addBoth(result.append)
    if isinstance(result[0], Failure):
        result[0].raiseException()
    return result[0]


class Web:
    """A stand-in for both servers. What it was asked is in `asked`, without the servers' names."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.users = {"anna-token": ANNA}
        self.members = {(ROOM, ANNA)}
        self.rooms: dict[str, str] = {}
        #: Changes when LiveKit is restarted.
        self.sid = "RM_1"
        self.participants: dict[str, list[dict[str, Any]]] = {}
        self.status = 200

    async def ask(self, method: str, url: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        """Answers."""
        parts = urllib.parse.urlsplit(url)
        query = urllib.parse.parse_qs(parts.query)
        kind = parts.path.rpartition("/")[2]
        self.asked.append((kind if parts.path.startswith(("/_", "/twirp")) else parts.path, body))
        if self.status != 200:
            return self.status, {}
        if kind == "userinfo":
            user = self.users.get(query["access_token"][0])
            return (200, {"sub": user}) if user else (401, {})
        if kind == "is_joined":
            room = urllib.parse.unquote(parts.path.split("/")[-2])
            return 200, {"joined": token == "as-token" and (room, query["mxid"][0]) in self.members}
        return getattr(self, f"_{kind}", lambda _: (200, {}))(body)

    def names(self) -> list[str]:
        """What was asked."""
        return [name for name, _ in self.asked]

    def _CreateRoom(self, body: Any) -> tuple[int, Any]:  # noqa: N802
        self.rooms[body["name"]] = body["metadata"]
        return 200, body

    def _ListRooms(self, body: Any) -> tuple[int, Any]:  # noqa: N802
        rooms = self.rooms.items()
        return 200, {"rooms": [{"sid": self.sid, "name": name, "metadata": about} for name, about in rooms]}

    def _ListParticipants(self, body: Any) -> tuple[int, Any]:  # noqa: N802
        return 200, {"participants": self.participants.get(body["room"], [])}

    def _RemoveParticipant(self, body: Any) -> tuple[int, Any]:  # noqa: N802
        there = self.participants[body["room"]]
        self.participants[body["room"]] = [one for one in there if one["identity"] != body["identity"]]
        return 200, {}

    def _UpdateParticipant(self, body: Any) -> tuple[int, Any]:  # noqa: N802
        for one in self.participants.get(body["room"], []):
            if one["identity"] == body["identity"]:
                one["attributes"] |= body["attributes"]
                return 200, one
        return 404, {"code": "not_found"}


class Calls:
    """The service on the stand-ins."""

    def __init__(self, **settings: Any) -> None:
        self.now, self.web = 1000.0, Web()
        servers = {
            "example.org": {"openIdUrl": "http://own", "publishes": True},
            "other.org": {"openIdUrl": "https://other.org", "publishes": False},
        }
        self.registry = CollectorRegistry()
        self.metrics = ServiceMetrics(["/sfu/get", "/sfu_webhook", "other"], self.registry)
        self.homeserver = Homeserver(self.web, "http://own", servers, lambda: "as-token")  # type: ignore[arg-type]
        self.livekit = LiveKit(self.web, "http://livekit", "key", lambda: SECRET)  # type: ignore[arg-type]
        self.delegation = Delegation(self.homeserver, self.livekit, self.metrics, lambda: self.now)
        self.sweep = Sweep(self.homeserver, self.livekit, self.delegation, self.metrics, lambda: self.now)
        merged = {**SETTINGS, **settings}
        self.service = CallService(merged, self.homeserver, self.livekit, self.delegation, lambda: self.now)

    def value(self, name: str, **labels: str) -> float | None:
        """Returns the value of a metric."""
        return self.registry.get_sample_value(name, labels)

    def enter(self, room: str, identity: str, **attributes: str) -> None:
        """Lets a participant into LiveKit."""
        self.web.participants.setdefault(room, []).append({"identity": identity, "attributes": attributes})


def sfu_body(**changes: Any) -> bytes:
    """A body of `/sfu/get`."""
    openid = {"access_token": "anna-token", "token_type": "Bearer", "matrix_server_name": "example.org"}
    return json.dumps(
        {"room": ROOM, "openid_token": openid | {"expires_in": 3600}, "device_id": DEVICE} | changes
    ).encode()


def member_body(**changes: Any) -> bytes:
    """A body of `/get_token`."""
    openid = json.loads(sfu_body())["openid_token"]
    member = {"id": "m1", "claimed_user_id": ANNA, "claimed_device_id": DEVICE}
    about = {"room_id": ROOM, "slot_id": "m.call#ROOM", "openid_token": openid, "member": member}
    return json.dumps(about | changes).encode()


def openid_of(token: str, server: str = "example.org") -> dict[str, str]:
    """An OpenID token in a body."""
    return {"access_token": token, "matrix_server_name": server}


def refusal(task: Any) -> call_request.Refused:
    """Returns what a request is refused with."""
    try:
        run(task) if hasattr(task, "send") else task()
    except call_request.Refused as problem:
        return problem
    raise AssertionError("it was not refused")
