"""Removes from LiveKit those who are no longer in the room of the call: at once when they connect, and every round.

Both replicas do it. Removing one who is gone, and sending an event that was sent, change nothing.
"""

import time
from collections.abc import Callable
from typing import Any

from delegation import Delegation
from homeserver import Homeserver
from livekit_api import LiveKit, OpenRoom, Participant, matrix_room, participant
from service_metrics import ServiceMetrics, say
from web_client import Unavailable, together

#: Seconds between the begin of two rounds. One that takes long is followed by a break of the same length.
ROUND = 2.0
#: Seconds within which those may return who were in a LiveKit that was restarted. Clients try for 45 seconds.
RETURN = 60

Key = tuple[str, str]


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
        #: Those who were there in the last round, or may return.
        self._before: dict[Key, Participant] = {}
        #: The rooms of the last round.
        self._rooms: dict[str, OpenRoom] = {}
        #: Until when those may return whose room LiveKit has forgotten under them.
        self._awaited: dict[Key, float] = {}

    async def round(self) -> None:
        """Looks at everyone once. Those about whom Synapse says nothing stay."""
        rooms = await self._livekit.rooms()
        present: list[Participant] = []

        async def look(room: str) -> None:
            present.extend(await self._livekit.participants(room))

        failed = await together(*(look(room) for room in rooms))
        failed += await together(*(self._check(one, rooms[one.room].room_id) for one in present))
        if failed:
            raise Unavailable(failed[0].getErrorMessage())
        now = {(one.room, one.identity): one for one in present}
        missing = {key: one for key, one in self._before.items() if key not in now}
        self._awaited = self._returning(missing, rooms)
        # Their webhook was lost, or is under way.
        gone = [one for key, one in missing.items() if key not in self._awaited]
        self._before, self._rooms = now | {key: missing[key] for key in self._awaited}, rooms
        await together(*(self._delegation.left(one) for one in gone))
        await self._delegation.round(present)
        self._metrics.swept()

    def _returning(self, missing: dict[Key, Participant], rooms: dict[str, OpenRoom]) -> dict[Key, float]:
        """Returns until when each of those may return who did not leave by themselves: their room is another one now.

        LiveKit keeps a room for a while when all have left it.
        """
        forgotten = {name for name, room in self._rooms.items() if name not in rooms or rooms[name].sid != room.sid}
        until = {key: self._clock() + RETURN for key in missing if key[0] in forgotten}
        until |= {key: end for key, end in self._awaited.items() if key in missing}
        return {key: end for key, end in until.items() if end > self._clock()}

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

    async def _check(self, one: Participant, room_id: str | None) -> None:
        """Removes a participant whose user is not in the Matrix room, or whose Matrix room is not known."""
        if one.user_id and not (room_id and await self._homeserver.is_joined(room_id, one.user_id)):
            await self._livekit.remove(one)
            self._metrics.removed()
            say("removed", room=one.room)
