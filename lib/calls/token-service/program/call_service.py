"""Decides who gets a token for a call, in the order that costs least and tells strangers least."""

import time
from collections.abc import Callable
from typing import Any

import tokens
from call_request import CallRequest, Refused
from delegation import Delegation
from homeserver import Homeserver, User
from limits import FirstUses, Limit, digest
from livekit_api import LiveKit, Participant

Clock = Callable[[], float]
#: Requests of one kind at once, and a second after that. Joining a call takes one to three.
LIMITS = {"address": (120, 20), "token": (10, 0.5), "user": (20, 0.5), "room": (200, 10), "visit": (20, 1)}


class CallService:
    """Gives tokens to the members of a room."""

    def __init__(
        self,
        settings: dict[str, Any],
        homeserver: Homeserver,
        livekit: LiveKit,
        delegation: Delegation,
        clock: Clock = time.monotonic,
    ) -> None:
        self._settings, self._homeserver, self._livekit = settings, homeserver, livekit
        self._delegation = delegation
        self._limits = {name: Limit(name, *amounts, clock) for name, amounts in LIMITS.items()}
        self._uses = FirstUses(settings["openIdReuse"], clock)

    def admit(self, address: str) -> None:
        """Counts a request before anything of it is read."""
        self._limits["address"].take(address)

    async def token(self, request: CallRequest) -> dict[str, Any]:
        """Answers `/sfu/get` and `/get_token`."""
        user = await self._member(request)
        room = tokens.room_name(request)
        one = self._participant(request, user)
        if self._settings["identity"] == "device" and request.member_id is None:
            await self._check_device(one)
        if user.publishes:
            await self._livekit.create_room(room, request.room_id)
        # Element Call connects with its first token, and hands its delayed event over as it asks for a second one.
        await self._delegation.begin(one)
        jwt = self._livekit.token(one, request.room_id, user.publishes, self._settings["tokenLifetime"])
        return {"url": self._settings["livekitUrl"], "jwt": jwt}

    async def admission(self, token: str) -> dict[str, Any]:
        """Answers the edge, which connects participants to LiveKit only while they are in the room."""
        user, room = self._livekit.holder(token)
        self._limits["visit"].take(user)
        await self._check_membership(room, user)
        return {}

    async def delegate(self, request: CallRequest) -> dict[str, Any]:
        """Answers `/delegate_delayed_leave`."""
        one = self._participant(request, await self._member(request))
        await self._delegation.begin(one)
        return {}

    async def _member(self, request: CallRequest) -> User:
        """Returns who asks. Refuses who is not in the room."""
        # Before the homeserver is asked: a name that is not known costs nothing, and neither does a flood.
        self._homeserver.server_of(request)
        self._limits["token"].take(digest(request.openid_token))
        self._uses.check(request.openid_token)
        user = await self._homeserver.user_of(request)
        self._uses.note(request.openid_token)
        self._limits["user"].take(user.user_id)
        await self._check_membership(request.room_id, user.user_id)
        # After membership: strangers cannot use up what the members of a room have.
        self._limits["room"].take(request.room_id)
        return user

    async def _check_membership(self, room_id: str, user_id: str) -> None:
        # The same answer for a room that does not exist: strangers do not learn which rooms there are.
        if not await self._homeserver.is_joined(room_id, user_id):
            raise Refused(403, "M_FORBIDDEN", "membership", "you are not in this room")

    def _participant(self, request: CallRequest, user: User) -> Participant:
        name = tokens.identity(request, user.user_id, self._settings["identity"] == "device")
        leave = self._delegation.seal(request.delayed_leave) if request.delayed_leave else None
        return Participant(tokens.room_name(request), name, user.user_id, leave)

    async def _check_device(self, one: Participant) -> None:
        """Refuses the device ID of another participant, who would be thrown out."""
        others = await self._livekit.participants(one.room)
        if any(other.identity == one.identity and other.user_id != one.user_id for other in others):
            raise Refused(403, "M_FORBIDDEN", "device", "another user is in the call with this device ID")
