"""What clients ask for, as strict JSON, and what they are refused with."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

#: Slot of the only call of a room. Clients of `/sfu/get` cannot name another.
SLOT = "m.call#ROOM"
LONGEST = 255
TOKEN_FIELDS = {"access_token", "token_type", "matrix_server_name", "expires_in"}
DELAY_FIELDS = {"delay_id", "delay_timeout", "delay_cs_api_url"}


class Refused(Exception):
    """A request gets no token. `reason` is for the metrics, the text for the client."""

    def __init__(self, status: int, code: str, reason: str, text: str, wait: float = 0) -> None:
        super().__init__(text)
        self.status = status
        self.reason = reason
        self.answer: dict[str, Any] = {"errcode": code, "error": text}
        if wait:
            self.answer["retry_after_ms"] = int(wait * 1000)


@dataclass(frozen=True)
class DelayedLeave:
    """The event that ends a membership of the call unless it is restarted in time. Its ID is a secret."""

    delay_id: str
    #: Seconds.
    timeout: float


@dataclass(frozen=True)
class CallRequest:
    """A request for a place in a call."""

    room_id: str
    slot_id: str
    openid_token: str
    server_name: str
    device_id: str
    #: Only of `/get_token`: its identities in LiveKit are hashed.
    member_id: str | None = None
    claimed_user: str | None = None
    delayed_leave: DelayedLeave | None = None


def sfu_get(body: bytes) -> CallRequest:
    """Reads the body of `/sfu/get`."""
    content = fields(body, {"room", "openid_token", "device_id"}, DELAY_FIELDS)
    token, server = openid(content["openid_token"])
    return CallRequest(
        room(content["room"]), SLOT, token, server, text(content, "device_id"), delayed_leave=delay(content)
    )


def get_token(body: bytes, must_delegate: bool = False) -> CallRequest:
    """Reads the body of `/get_token`, or that of `/delegate_delayed_leave`."""
    content = fields(body, {"room_id", "slot_id", "openid_token", "member"}, DELAY_FIELDS)
    token, server = openid(content["openid_token"])
    member = known(content["member"], {"id", "claimed_user_id", "claimed_device_id"})
    leave = delay(content)
    if must_delegate and not leave:
        bad("delay_id and delay_timeout are missing")
    return CallRequest(
        room(content["room_id"]),
        text(content, "slot_id"),
        token,
        server,
        text(member, "claimed_device_id"),
        text(member, "id"),
        text(member, "claimed_user_id"),
        leave,
    )


def delegate(body: bytes) -> CallRequest:
    """Reads the body of `/delegate_delayed_leave`."""
    return get_token(body, must_delegate=True)


def bad(problem: str, code: str = "M_BAD_JSON") -> NoReturn:
    """Refuses the body."""
    raise Refused(400, code, "body", problem)


def fields(body: bytes, needed: set[str], optional: set[str]) -> dict[str, Any]:
    """Reads JSON: no key twice, no number that is not one, none but the known keys."""
    try:
        content = json.loads(body.decode("utf-8"), object_pairs_hook=unique, parse_constant=not_json)
    except (ValueError, RecursionError):
        bad("the body is not JSON", "M_NOT_JSON")
    return known(content, needed, optional)


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Makes an object whose keys are all different: of two, another reader might take the other one."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key is there twice")
    return made


def not_json(constant: str) -> NoReturn:
    """Refuses Python's own NaN and Infinity."""
    raise ValueError(constant)


def known(content: Any, needed: set[str], optional: set[str] = frozenset()) -> dict[str, Any]:  # type: ignore[assignment]
    """Checks the keys of an object."""
    if not isinstance(content, dict):
        bad("an object was expected")
    if missing := sorted(needed - content.keys()):
        bad(f"{missing[0]} is missing")
    if content.keys() - needed - optional:
        bad("the body has fields that this service does not know", "M_NOT_JSON")
    return content


def text(content: dict[str, Any], key: str, longest: int = LONGEST) -> str:
    """Reads a short text."""
    value = content[key]
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
        bad(f"{key} must be a text of 1 to {longest} characters")
    return value


def room(value: Any) -> str:
    """Reads a room ID."""
    if not isinstance(value, str) or not value.startswith("!"):
        bad("the room must be a room ID, which begins with '!'")
    return text({"the room": value}, "the room")


def openid(value: Any) -> tuple[str, str]:
    """Reads an OpenID token, and the name of the server that is said to have issued it."""
    content = known(value, {"access_token", "matrix_server_name"}, TOKEN_FIELDS)
    return text(content, "access_token", 1024), text(content, "matrix_server_name")


def delay(content: dict[str, Any]) -> DelayedLeave | None:
    """Reads the delayed event. The server that it names is not asked: only the own one is."""
    if content.get("delay_id") is None and content.get("delay_timeout") is None:
        return None
    timeout = content.get("delay_timeout")
    if not isinstance(timeout, int) or isinstance(timeout, bool) or not 1_000 <= timeout <= 86_400_000:
        bad("delay_timeout must be milliseconds from 1000 to 86400000")
    return DelayedLeave(text({"delay_id": None, **content}, "delay_id"), timeout / 1000)
