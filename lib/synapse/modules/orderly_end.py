"""A module of Synapse that lets it answer what it has begun before it ends.

By itself Synapse ends at once, and clients do not know whether what they sent was done. It does not wait for what only
reads, long polls for example: the proxy asks the next Synapse.
"""

import contextlib
import logging
import socket
import time
from collections.abc import Iterator
from typing import Any

from synapse.http.site import SynapseSite
from twisted.internet import defer, reactor, tcp

#: Seconds. Everyone else waits meanwhile.
LONGEST = 5.0
#: Seconds in which a request arrives that was on its way: no connection is ended before.
ARRIVAL = 0.25
READING = (b"GET", b"HEAD", b"OPTIONS")
logger = logging.getLogger(__name__)


def ports() -> Iterator[Any]:
    """The ports that Synapse listens on for clients and servers."""
    for reader in reactor.getReaders():
        if isinstance(reader, tcp.Port) and isinstance(reader.factory, SynapseSite):
            yield reader


def close(port: Any) -> None:
    """Refuses connections: the proxy holds requests while it finds the port closed."""
    # What the kernel has accepted would be lost, and Twisted takes only as many connections as it found the last time.
    # Its way of closing would break off what is being answered.
    port.numberAccepts = socket.SOMAXCONN
    port.doRead()
    port.stopReading()
    port.socket.shutdown(2)


def unread(channel: Any) -> bool:
    """Returns whether something has arrived on a connection that was not read yet. Its end would lose that."""
    with contextlib.suppress(BlockingIOError):
        return bool(channel.transport.socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    return False


def unfinished(channels: list[Any], arrived: bool) -> int:
    """Ends the connections that wait for a further request, and counts the requests that change something."""
    count = 0
    for channel in channels[:]:
        if arrived and not channel.requests and not unread(channel):
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
        while True:
            age = time.monotonic() - began
            arrived = age > ARRIVAL
            left = sum(unfinished(port.factory.connections, arrived) for port in closing)
            if arrived and not left:
                return
            if age > LONGEST:
                logger.warning("ends although %d requests have no answer after %d s", left, LONGEST)
                return
            pause: defer.Deferred[None] = defer.Deferred()
            reactor.callLater(0.02, pause.callback, None)
            await pause

    def end(self) -> "defer.Deferred[None]":
        """Twisted waits for what this returns before it ends."""
        return defer.ensureDeferred(self._end())
