import unittest
from typing import Any

from twisted.internet import defer, error
from twisted.internet.testing import MemoryReactorClock, StringTransport
from twisted.python.failure import Failure

from call_case import run
from web_client import AGAIN, PATIENCE, Unavailable, WebClient, together


class WebClientTest(unittest.TestCase):
    def ask(self, raw: bytes | None) -> Any:
        """Returns what comes of a request to which a server answers these bytes, or nothing."""
        reactor, result = MemoryReactorClock(), []
        asking = WebClient(reactor).ask("POST", "http://192.0.2.1/path?token=secret", {"a": 1}, "t")
        defer.Deferred.fromCoroutine(asking).addBoth(result.append)
        if raw is None:
            reactor.advance(PATIENCE + 1)
            return result[0]
        protocol = reactor.tcpClients[0][2].buildProtocol(None)
        transport = StringTransport()
        transport.abortConnection = transport.loseConnection
        protocol.makeConnection(transport)
        reactor.advance(0.1)
        self.assertIn(b"Bearer t", transport.value())
        protocol.dataReceived(raw)
        return result[0]

    def test_returns_status_and_json(self) -> None:
        head = b"HTTP/1.1 404 X\r\nContent-Length: 8\r\n\r\n"
        self.assertEqual(self.ask(head + b'{"b": 2}'), (404, {"b": 2}))
        self.assertEqual(self.ask(head + b"no JSON!"), (404, {}))
        self.assertEqual(self.ask(head + b"[1, 2,3]"), (404, {}))

    def test_says_which_server_does_not_answer_and_no_token(self) -> None:
        for raw in (None, b"HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n"):
            problem = self.ask(raw).value
            self.assertIsInstance(problem, Unavailable)
            self.assertIn("192.0.2.1/path", str(problem))
            self.assertNotIn("secret", str(problem))

    def test_connects_again_where_nothing_was_sent_and_gives_up(self) -> None:
        reactor, result = MemoryReactorClock(), []
        asking = WebClient(reactor).ask("POST", "http://192.0.2.1/path", {"a": 1})
        defer.Deferred.fromCoroutine(asking).addBoth(result.append)
        for tries in range(1, len(AGAIN) + 2):
            self.assertEqual((len(reactor.tcpClients), result), (tries, []))
            factory, connector = reactor.tcpClients[-1][2], reactor.connectors[-1]
            factory.clientConnectionFailed(connector, Failure(error.ConnectionRefusedError()))
            reactor.pump([0.5] * 3)
        self.assertIn("ConnectionRefusedError", str(result[0].value))

    def test_runs_few_tasks_at_once_and_all_to_the_end(self) -> None:
        running: list[int] = []
        gates: list[defer.Deferred[None]] = [defer.Deferred() for _ in range(3)]

        async def task(number: int) -> None:
            running.append(number)
            await gates[number]
            if number == 0:
                raise Unavailable("gone")

        done: list[Any] = []
        defer.Deferred.fromCoroutine(together(*(task(n) for n in range(3)), at_once=2)).addCallback(done.append)
        self.assertEqual(running, [0, 1])
        for gate in gates:
            gate.callback(None)
        self.assertEqual(running, [0, 1, 2])
        self.assertEqual(len(done[0]), 1)
        self.assertEqual(run(together()), [])
