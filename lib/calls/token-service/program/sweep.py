"""Removes from LiveKit those who are no longer in the room of the call: at once when they connect, and every round.

Both replicas do it. Removing one who is gone, and sending an event that was sent, change nothing.

When LiveKit was restarted, it has forgotten the rooms. It opens none by itself, so this service opens them again.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from twisted.python.failure import Failure

from delegation import Delegation
from homeserver import Homeserver
from livekit_api import LiveKit, OpenRoom, Participant, matrix_room, participant
from service_metrics import ServiceMetrics, say
from web_client import Unavailable, together

#: Seconds between the begin of two rounds. One that takes long is followed by a break of the same length.
ROUND = 2.0
#: Seconds until LiveKit is asked again that did not answer. A client that is there before its room gives up.
SOON = 0.15
#: Seconds for which those are awaited who were in a LiveKit that was restarted. Clients try for 45 seconds.
RETURN = 60


@dataclass(frozen=True)
class Seen:
    """A participant who was there in the last round, or who is awaited."""

    one: Participant
    room: OpenRoom
    #: Until when it may return, should LiveKit forget the room.
    until: float


class Sweep:
    """Compares who is in LiveKit with who is in the Matrix rooms."""

    def __init__(
        self,
        homeserver: Homeserver,
        livekit: LiveKit,
        delegation: Delegation,
        metrics: ServiceMetrics,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._homeserver, self._livekit = homeserver, livekit
        self._delegation, self._metrics, self._clock = delegation, metrics, clock
        #: By room and identity.
        self._seen: dict[tuple[str, str], Seen] = {}
        #: Whether the next round must not wait: LiveKit does not answer, or rooms are not open again.
        self.urgent = False

    async def round(self) -> None:
        """Looks at everyone once. Those about whom Synapse says nothing stay."""
        self.urgent = True
        rooms = await self._livekit.rooms()
        failed = await self._reopen(rooms)
        self.urgent = bool(failed)
        present: list[Participant] = []

        async def look(room: str) -> None:
            present.extend(await self._livekit.participants(room))

        failed += await together(*(look(room) for room in rooms))
        failed += await together(*(self._check(one, rooms[one.room].room_id) for one in present))
        if failed:
            raise Unavailable(failed[0].getErrorMessage())
        until = self._clock() + RETURN
        now = {(one.room, one.identity): Seen(one, rooms[one.room], until) for one in present}
        missing = {key: seen for key, seen in self._seen.items() if key not in now}
        awaited = {key: seen for key, seen in missing.items() if self._is_awaited(seen, rooms)}
        self._seen = now | awaited
        # Their webhook was lost, or is under way.
        await together(*(self._delegation.left(seen.one) for key, seen in missing.items() if key not in awaited))
        await self._delegation.round(present)
        self._metrics.swept()

    def _is_awaited(self, seen: Seen, rooms: dict[str, OpenRoom]) -> bool:
        """Whether LiveKit forgot the room under a participant: it keeps one for a while when all have left it."""
        room = rooms.get(seen.one.room)
        return seen.until > self._clock() and (room is None or room.sid != seen.room.sid)

    async def _reopen(self, rooms: dict[str, OpenRoom]) -> list[Failure]:
        """Opens the rooms again that LiveKit has forgotten, if one who was in there is still a member."""
        lost: dict[str, list[Seen]] = {}
        for seen in self._seen.values():
            if seen.one.room not in rooms and self._is_awaited(seen, rooms):
                lost.setdefault(seen.one.room, []).append(seen)

        async def reopen(name: str) -> None:
            for one, room_id in ((seen.one, seen.room.room_id) for seen in lost[name]):
                if room_id and await self._is_member(one, room_id):
                    await self._livekit.create_room(name, room_id)
                    say("reopened", room=name)
                    return

        return await together(*(reopen(name) for name in lost))

    async def webhook(self, event: Any) -> None:
        """Does what an event of LiveKit demands."""
        if not isinstance(event, dict) or not isinstance(event.get("participant"), dict):
            return
        name, room = event.get("event"), event.get("room") or {}
        room_id, one = matrix_room(room), participant(str(room.get("name")), event["participant"])
        if name == "participant_joined":
            await self._check(one, room_id)
        elif name in ("participant_left", "participant_connection_aborted"):
            # One that connects anew, for example by another network, has left only in LiveKit's words.
            there = await self._livekit.participants(one.room)
            if all(other.identity != one.identity for other in there):
                await self._delegation.left(one)

    async def _is_member(self, one: Participant, room_id: str | None) -> bool:
        return bool(one.user_id and room_id and await self._homeserver.is_joined(room_id, one.user_id))

    async def _check(self, one: Participant, room_id: str | None) -> None:
        """Removes a participant whose user is not in the Matrix room, or whose Matrix room is not known."""
        if one.user_id and not await self._is_member(one, room_id):
            await self._livekit.remove(one)
            self._metrics.removed()
            say("removed", room=one.room)
