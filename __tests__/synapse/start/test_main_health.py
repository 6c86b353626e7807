import socket
import threading
import unittest
import urllib.error
import urllib.request
from typing import Any
from unittest import mock

import main_health
from main_health import MainHealth


class Health(unittest.TestCase):
    def setUp(self) -> None:
        with socket.create_server(("", 0)) as server:
            port = server.getsockname()[1]
        self.health = MainHealth(port, 1)
        self.health.listen()
        self.url = f"http://127.0.0.1:{port}"

    def asked(self) -> tuple[int, int]:
        """The answers to both questions."""
        ready, alive = (self.ask(path) for path in ("ready", "alive"))
        return ready, alive

    def ask(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"{self.url}/{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def synapse(self, serves: bool) -> Any:
        return mock.patch.object(main_health.MainHealth, "_serves", return_value=serves)

    def test_is_alive_and_not_ready_until_synapse_serves_however_long_that_takes(self) -> None:
        self.assertEqual(self.asked(), (503, 200))

    def test_is_ready_while_it_stands_by_and_not_when_it_begins(self) -> None:
        with self.health.standing_by("another one"):
            self.assertEqual(self.asked(), (200, 200))
        self.assertEqual(self.asked(), (503, 200))

    def test_is_no_longer_ready_when_standing_by_fails(self) -> None:
        with self.assertRaises(OSError), self.health.standing_by("another one"):
            raise OSError("no space left")
        self.assertEqual(self.asked(), (503, 200))

    def test_answers_while_another_connection_asks_nothing(self) -> None:
        with socket.create_connection(("127.0.0.1", int(self.url.rsplit(":", 1)[1]))):
            self.assertEqual(self.asked(), (503, 200))

    def test_waits_for_the_port_until_the_one_before_has_let_go_of_it(self) -> None:
        before = socket.create_server(("", 0))
        port = before.getsockname()[1]
        threading.Timer(0.3, before.close).start()
        MainHealth(port, 1).listen()
        self.url = f"http://127.0.0.1:{port}"
        self.assertEqual(self.asked(), (503, 200))

    def test_is_not_alive_when_synapse_no_longer_answers(self) -> None:
        with self.synapse(serves=True):
            self.assertEqual(self.asked(), (200, 200))
        self.assertEqual(self.asked(), (503, 503))

    def test_asks_synapse_itself(self) -> None:
        with socket.create_server(("", 0)) as server:
            health = MainHealth(0, server.getsockname()[1])
            server.close()
            self.assertFalse(health.answer("/ready"))
        with mock.patch.object(main_health.urllib.request, "urlopen") as asked:
            self.assertTrue(health.answer("/ready"))
        asked.assert_called_once_with(health._synapse, timeout=4)
