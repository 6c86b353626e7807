import asyncio
import socket
import sys
import unittest
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock


class Site:
    """A stand-in for Synapse's, with the channels that are open."""

    def __init__(self, *channels: Any) -> None:
        self.connections = list(channels)


class Port(mock.Mock):
    """A stand-in for Twisted's."""


class Deferred(asyncio.Future[None]):
    """A stand-in for Twisted's."""

    callback = asyncio.Future.set_result


REACTOR = mock.Mock()
STAND_INS: dict[str, Any] = {
    "synapse.http.site": SimpleNamespace(SynapseSite=Site),
    "twisted.internet": SimpleNamespace(
        reactor=REACTOR, tcp=SimpleNamespace(Port=Port), defer=SimpleNamespace(Deferred=Deferred)
    ),
}
with mock.patch.dict(
    sys.modules, {name: ModuleType(name) for name in ("synapse", "synapse.http", "twisted")} | STAND_INS
):
    import orderly_end


def channel(*methods: bytes) -> Any:
    """A connection with requests that have no answer yet, and nothing else to read."""
    found = mock.Mock(requests=[SimpleNamespace(method=method) for method in methods])
    found.transport.socket.recv.side_effect = BlockingIOError
    return found


class OrderlyEnd(unittest.TestCase):
    def setUp(self) -> None:
        self.enterContext(mock.patch.object(orderly_end, "ARRIVAL", -1))

    def end(self, *channels: Any, at_pause: Callable[[], None] = lambda: None) -> Any:
        """Ends, and returns the port."""
        port = Port(factory=Site(*channels))
        REACTOR.getReaders.return_value = [mock.Mock(), Port(factory=mock.Mock()), port]

        def call_later(_: float, function: Any, result: None) -> None:
            at_pause()
            asyncio.get_running_loop().call_soon(function, result)

        REACTOR.callLater.side_effect = call_later
        asyncio.run(orderly_end.OrderlyEnd({}, None)._end())
        return port

    def test_runs_before_the_shutdown(self) -> None:
        module = orderly_end.OrderlyEnd({}, None)
        REACTOR.addSystemEventTrigger.assert_called_with("before", "shutdown", module.end)

    def test_refuses_further_connections_and_ends_idle_ones(self) -> None:
        idle = channel()
        port = self.end(idle)
        self.assertEqual([name for name, *_ in port.mock_calls], ["doRead", "stopReading", "socket.shutdown"])
        idle.loseConnection.assert_called_once_with()
        # All that wait: it begins with one.
        self.assertGreaterEqual(port.numberAccepts, socket.SOMAXCONN)

    def test_waits_for_a_request_that_changes_something(self) -> None:
        busy, pauses = channel(b"POST"), []

        def answer() -> None:
            pauses.append(1)
            if len(pauses) == 3:
                busy.requests.clear()

        self.end(busy, at_pause=answer)
        self.assertEqual(len(pauses), 3)

    def test_does_not_wait_for_what_reads_or_has_not_arrived(self) -> None:
        pause = mock.Mock()
        self.end(channel(b"GET"), channel(b"(no method yet)"), at_pause=pause)
        pause.assert_not_called()

    def test_gives_a_request_that_is_on_its_way_the_time_to_arrive(self) -> None:
        opened = channel()

        def arrives() -> None:
            opened.loseConnection.assert_not_called()
            opened.requests.append(SimpleNamespace(method=b"POST"))
            self.enterContext(mock.patch.object(orderly_end, "LONGEST", 0.1))

        with mock.patch.object(orderly_end, "ARRIVAL", 0.02), self.assertLogs(level="WARNING"):
            self.end(opened, at_pause=arrives)
        opened.loseConnection.assert_not_called()

    def test_reads_what_has_arrived_before_it_ends_a_connection(self) -> None:
        busy, sent = channel(b"POST"), channel()
        sent.transport.socket.recv.side_effect = [b"P", BlockingIOError]
        self.end(busy, sent, at_pause=busy.requests.clear)
        sent.loseConnection.assert_called_once_with()

    def test_says_what_it_no_longer_waits_for(self) -> None:
        with mock.patch.object(orderly_end, "LONGEST", 0.05), self.assertLogs(level="WARNING") as said:
            self.end(channel(b"PUT", b"GET"))
        self.assertIn("1 requests have no answer", said.output[0])
