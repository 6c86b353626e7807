"""LiveKit's API for rooms, with tokens that allow only the one request. https://docs.livekit.io/reference/server/server-apis/"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import tokens
from web_client import Unavailable, WebClient

#: Seconds for which LiveKit keeps a room that is still empty, and one that is empty again.
EMPTY, DEPARTED = 300, 20
#: Attributes of a participant: user, Matrix room, and the delayed event that ends its membership of the call.
USER, ROOM, LEAVE = "user_id", "room_id", "delayed_leave"


@dataclass(frozen=True)
class OpenRoom:
    """A room that is open in LiveKit."""

    #: Another one when LiveKit has forgotten the room, as when it is restarted, and it was opened again.
    sid: str
    #: The Matrix room; None when it is not known.
    room_id: str | None


@dataclass(frozen=True)
class Participant:
    """A participant, or a token of one."""

    room: str
    identity: str
    #: Undefined for one that was not let in by this service, such as a recorder.
    user_id: str | None
    leave: str | None


class LiveKit:
    """LiveKit's API. The state that replicas share is here, in metadata of rooms and attributes of participants."""

    def __init__(self, web: WebClient, url: str, key: str, read_secret: Callable[[], str]) -> None:
        self._web, self._url, self._key, self._read_secret = web, url, key, read_secret

    def token(self, participant: Participant, room_id: str, publishes: bool, lifetime: float) -> str:
        """Makes the token that lets a participant in."""
        grant = {
            "room": participant.room,
            "roomJoin": True,
            "canSubscribe": True,
            "canPublish": publishes,
            "canPublishData": publishes,
            # What the sweep reads must be what this service wrote.
            "canUpdateOwnMetadata": False,
        }
        leave = {LEAVE: participant.leave} if participant.leave else {}
        # LiveKit repeats them in the newer tokens that it sends.
        attributes = {USER: participant.user_id, ROOM: room_id, **leave}
        claims = {"sub": participant.identity, "video": grant, "attributes": attributes}
        return tokens.signed(claims, self._key, self._read_secret(), lifetime)

    def holder(self, token: str) -> tuple[str, str]:
        """Returns the user and the Matrix room of a token, if it is one for a call."""
        attributes = tokens.verified(token, self._key, self._read_secret()).get("attributes")
        user, room = (attributes.get(USER), attributes.get(ROOM)) if isinstance(attributes, dict) else (None, None)
        if not isinstance(user, str) or not isinstance(room, str):
            raise tokens.BadToken("it is not for a call")
        return user, room

    def webhook(self, token: str, body: bytes) -> Any:
        """Returns what LiveKit's webhook says, if it is signed."""
        return tokens.webhook_body(token, body, self._key, self._read_secret())

    def sealed(self) -> tokens.Sealed:
        """Encrypts what other participants must not read."""
        return tokens.Sealed(self._read_secret())

    async def create_room(self, name: str, room_id: str) -> None:
        """Opens a room, or leaves one that is open as it is."""
        about = {
            "name": name,
            # By which the sweep finds the Matrix room.
            "metadata": json.dumps({"room_id": room_id}),
            "empty_timeout": EMPTY,
            "departure_timeout": DEPARTED,
        }
        await self._ask("CreateRoom", {"roomCreate": True}, about)

    async def rooms(self) -> dict[str, OpenRoom]:
        """Returns the open rooms by their names."""
        answer = await self._ask("ListRooms", {"roomList": True}, {})
        return {one["name"]: open_room(one) for one in answer.get("rooms", [])}

    async def participants(self, room: str) -> list[Participant]:
        """Returns the participants of a room; none when it has just ended."""
        answer = await self._ask("ListParticipants", admin(room), {"room": room})
        return [participant(room, one) for one in answer.get("participants", [])]

    async def remove(self, one: Participant) -> None:
        """Removes a participant. Its tokens stay valid, so it may have to be done again."""
        await self._ask("RemoveParticipant", admin(one.room), {"room": one.room, "identity": one.identity})

    async def set_leave(self, room: str, identity: str, leave: str) -> bool:
        """Notes the delayed event of a participant; false when it is not there."""
        about = {"room": room, "identity": identity, "attributes": {LEAVE: leave}}
        return "identity" in await self._ask("UpdateParticipant", admin(room), about)

    async def _ask(self, method: str, grant: dict[str, Any], body: dict[str, Any]) -> Any:
        token = tokens.signed({"video": grant}, self._key, self._read_secret(), tokens.SKEW)
        status, answer = await self._web.ask("POST", f"{self._url}/twirp/livekit.RoomService/{method}", body, token)
        if status == 404 and answer.get("code") == "not_found":
            return {}
        if status != 200:
            raise Unavailable(f"LiveKit's {method}: {status} {answer.get('code', '')}")
        return answer


def admin(room: str) -> dict[str, Any]:
    """The right to see and to remove the participants of one room."""
    return {"roomAdmin": True, "room": room}


def open_room(room: dict[str, Any]) -> OpenRoom:
    """Reads a room as LiveKit describes it."""
    return OpenRoom(str(room.get("sid")), matrix_room(room))


def matrix_room(room: dict[str, Any]) -> str | None:
    """Returns the Matrix room of a room; None for one that this service has not opened."""
    try:
        room_id = json.loads(room.get("metadata") or "{}").get("room_id")
    except (ValueError, AttributeError):
        return None
    return room_id if isinstance(room_id, str) else None


def participant(room: str, content: dict[str, Any]) -> Participant:
    """Reads a participant as LiveKit describes it."""
    attributes = content.get("attributes") or {}
    return Participant(room, content.get("identity", ""), attributes.get(USER), attributes.get(LEAVE))
