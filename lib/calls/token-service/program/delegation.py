"""Ends the membership of a call when its participant has left, on behalf of the client, which may be gone.

The ID of the delayed event is an attribute of the participant, encrypted. So every replica finds it in LiveKit's
webhook, also after a restart. Should LiveKit and all replicas be away, Synapse sends the event after its delay.
"""

import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from call_request import DelayedLeave
from homeserver import Homeserver
from livekit_api import LiveKit, Participant
from service_metrics import ServiceMetrics
from web_client import Unavailable, together

#: Seconds for which a client that has delegated may take to connect.
PATIENCE = 120
#: How often it is restarted within its delay.
RESTARTS = 3
#: Seconds between two attempts to send an event that Synapse did not accept.
RETRY = 2


class Delegation:
    """The delayed events of the participants."""

    def __init__(
        self,
        homeserver: Homeserver,
        livekit: LiveKit,
        metrics: ServiceMetrics,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._homeserver, self._livekit, self._metrics, self._clock = homeserver, livekit, metrics, clock
        #: By room, identity and user: what LiveKit does not show yet, with the time until which they may connect.
        self._waiting: dict[tuple[str, str, str | None], tuple[Participant, float]] = {}
        #: When an event is to be restarted.
        self._due: dict[DelayedLeave, float] = {}
        #: Events that must be sent, with the time until which that makes sense.
        self._unsent: dict[DelayedLeave, float] = {}

    def seal(self, leave: DelayedLeave) -> str:
        """Encrypts a delayed event for the attributes of a participant."""
        return self._livekit.sealed().seal(leave)

    async def begin(self, one: Participant) -> None:
        """Takes over the delayed event of a participant who is connected, or is about to be."""
        if one.leave:
            self._waiting[one.room, one.identity, one.user_id] = one, self._clock() + PATIENCE
            await self._livekit.set_leave(one.room, one.identity, one.leave)

    async def round(self, present: list[Participant]) -> None:
        """Restarts what is due, and does what could not be done before."""
        now = self._clock()
        self._unsent = {leave: end for leave, end in self._unsent.items() if end >= now}
        unsent = [self._send(leave) for leave in self._unsent]
        failed = await together(*self._notes(present, now), *self._restarts(present, now), *unsent)
        if failed:
            raise Unavailable(failed[0].getErrorMessage())

    def _notes(self, present: list[Participant], now: float) -> Iterator[Coroutine[Any, Any, Any]]:
        """Has LiveKit note the events that it does not show yet, until it shows them or newer ones."""
        there = {(one.room, one.identity): one for one in present}
        for key, (one, end) in list(self._waiting.items()):
            shown = there.get((one.room, one.identity))
            if not shown:
                if end < now:
                    del self._waiting[key]
            elif shown.user_id != one.user_id or not self._is_newer(one, shown):
                del self._waiting[key]
            elif one.leave:
                yield self._livekit.set_leave(one.room, one.identity, one.leave)

    def _is_newer(self, one: Participant, other: Participant) -> bool:
        sealed = self._livekit.sealed()
        # Replicas must agree about two events of one second, too.
        return (sealed.made(one.leave), one.leave or "") > (sealed.made(other.leave), other.leave or "")

    def _restarts(self, present: list[Participant], now: float) -> Iterator[Coroutine[Any, Any, None]]:
        sealed = self._livekit.sealed()
        opened = (sealed.open(one.leave) for one in present if one.leave)
        held = {leave for leave in opened if leave}
        self._due = {leave: self._due.get(leave, now + leave.timeout / RESTARTS) for leave in held}
        return (self._restart(leave, now) for leave, due in list(self._due.items()) if due <= now)

    async def _restart(self, leave: DelayedLeave, now: float) -> None:
        await self._homeserver.delayed(leave.delay_id, "restart")
        self._due[leave] = now + leave.timeout / RESTARTS

    async def left(self, one: Participant) -> None:
        """Sends the event of a participant that has left."""
        leave = self._livekit.sealed().open(one.leave) if one.leave else None
        if leave:
            # Until then, Synapse has sent it by itself.
            self._unsent[leave] = self._clock() + leave.timeout
            await self._send(leave)

    async def _send(self, leave: DelayedLeave) -> None:
        try:
            status = await self._homeserver.delayed(leave.delay_id, "send")
        except Unavailable:
            status = 503
        # 404: the client itself, another replica or the delay was first.
        if status in (200, 404):
            self._unsent.pop(leave, None)
        if status != 404:
            self._metrics.leave("sent" if status == 200 else "failed")
