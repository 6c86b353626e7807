"""Ends the membership of a call when its participant has left, on behalf of the client, which may be gone.

The ID of the delayed event is an attribute of the participant, encrypted. So every replica finds it in LiveKit's
webhook, also after a restart. Should LiveKit and all replicas be away, Synapse sends the event after its delay.
"""

import time
from collections.abc import Callable

from call_request import DelayedLeave
from homeserver import Homeserver
from livekit_api import LiveKit, Participant
from service_metrics import ServiceMetrics
from web_client import Unavailable

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
        #: Those whose participant has not connected yet, with the time until which it may.
        self._waiting: dict[Participant, float] = {}
        #: When an event is to be restarted, by the text that holds it.
        self._due: dict[str, float] = {}
        #: Events that must be sent, with the time until which that makes sense.
        self._unsent: dict[DelayedLeave, float] = {}

    def seal(self, leave: DelayedLeave) -> str:
        """Encrypts a delayed event for the attributes of a participant."""
        return self._livekit.sealed().seal(leave)

    async def begin(self, one: Participant) -> None:
        """Takes a delayed event over."""
        if one.leave and not await self._livekit.set_leave(one.room, one.identity, one.leave):
            self._waiting[one] = self._clock() + PATIENCE

    async def round(self, present: list[Participant]) -> None:
        """Restarts what is due, and does what could not be done before."""
        now = self._clock()
        self._waiting = {one: end for one, end in self._waiting.items() if end > now}
        for one in list(self._waiting):
            if one.leave and await self._livekit.set_leave(one.room, one.identity, one.leave):
                self._waiting.pop(one, None)
        held = {one.leave for one in present if one.leave}
        self._due = {text: due for text, due in self._due.items() if text in held}
        for text in held:
            leave = self._livekit.sealed().open(text)
            if leave and self._due.setdefault(text, now + leave.timeout / RESTARTS) <= now:
                self._due[text] = now + leave.timeout / RESTARTS
                await self._homeserver.delayed(leave.delay_id, "restart")
        for leave, end in list(self._unsent.items()):
            if end < now:
                self._unsent.pop(leave, None)
            else:
                await self._send(leave)

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
