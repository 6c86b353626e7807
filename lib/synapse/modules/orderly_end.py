"""A module of Synapse that lets it answer what it has begun before it ends.

By itself Synapse ends at once, and clients do not know whether what they sent was done. It does not wait for what only
reads, long polls for example: the proxy asks the next Synapse.
"""

import logging
import time
from collections.abc import Iterator
from typing import Any

from synapse.http.site import SynapseSite
from twisted.internet import defer, reactor, tcp

#: Seconds. Everyone else waits meanwhile.
LONGEST = 5.0
READING = (b"GET", b"HEAD", b"OPTIONS")
logger = logging.getLogger(__name__)


def ports() -> Iterator[Any]:
    """The ports that Synapse listens on for clients and servers."""
    for reader in reactor.getReaders():
        if isinstance(reader, tcp.Port) and isinstance(reader.factory, SynapseSite):
            yield reader


def close(port: Any) -> None:
    """Refuses connections: the proxy holds requests while it finds the port closed."""
    # What the kernel has accepted would be lost. Twisted's way of closing would break off what is being answered.
    port.doRead()
    port.stopReading()
    port.socket.shutdown(2)


def unfinished(channels: list[Any]) -> int:
    """Ends the connections that wait for a further request, and counts the requests that change something."""
    count = 0
    for channel in channels[:]:
        if not channel.requests:
            channel.loseConnection()
        # Until a request has arrived as a whole, its method is a text in brackets.
        count += sum(one.method.isalpha() and one.method not in READING for one in channel.requests)
    return count


class OrderlyEnd:
    """Loaded by the setting `modules`."""

    def __init__(self, _config: Any, _api: Any) -> None:
        reactor.addSystemEventTrigger("before", "shutdown", self.end)

    async def _end(self) -> None:
        closing = list(ports())
        for port in closing:
            close(port)
        began = time.monotonic()
        while left := sum(unfinished(port.factory.connections) for port in closing):
            if time.monotonic() - began > LONGEST:
                logger.warning("ends although %d requests have no answer after %d s", left, LONGEST)
                return
            pause: defer.Deferred[None] = defer.Deferred()
            reactor.callLater(0.02, pause.callback, None)
            await pause

    def end(self) -> "defer.Deferred[None]":
        """Twisted waits for what this returns before it ends."""
        return defer.ensureDeferred(self._end())
