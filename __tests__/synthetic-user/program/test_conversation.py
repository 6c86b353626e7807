import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from conversation import FILE_SIZE, Conversation
from homeserver_stand_in import Homeserver
from public_client import Failed
from stand_in_server import serving

ALL = ["well_known", "federation", "login", "room", "sync", "send", "deliver", "read", "upload", "download", "turn"]


class ConversationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = Homeserver()
        self.url = self.enterContext(serving(self.server.answer))
        self.server.named = f"{self.url}/"
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.conversation = self.between()

    def between(self, **settings: Any) -> Conversation:
        return Conversation(self.server.settings(self.url, self.folder, **settings))

    def round(self) -> dict[str, str]:
        """The steps of a round, with the reasons of those that failed."""
        results = {}
        for name, step in self.conversation.steps().items():
            try:
                step()
                results[name] = ""
            except Failed as problem:
                results[name] = str(problem)
        return results

    def failures(self) -> list[str]:
        return [name for name, reason in self.round().items() if reason]

    def test_takes_every_step(self) -> None:
        self.assertEqual(self.round(), dict.fromkeys(ALL, ""))
        [room] = self.server.rooms.values()
        self.assertEqual([event["sender"] for event in room["events"]], ["@one:example.org"])
        [content] = self.server.files.values()
        self.assertEqual(len(content), FILE_SIZE)

    def test_stays_logged_in_and_in_its_room(self) -> None:
        self.round()
        self.assertEqual(list(self.round()), [step for step in ALL if step not in ("login", "room")])
        self.assertEqual((self.server.logins, len(self.server.rooms)), (2, 1))

    def test_finds_its_room_again_after_a_restart(self) -> None:
        self.round()
        self.conversation = self.between()
        self.assertEqual(self.failures(), [])
        self.assertEqual(len(self.server.rooms), 1)

    def test_leaves_out_what_the_system_does_not_have(self) -> None:
        self.conversation = self.between(wellKnown=None, federation=None, relaysCalls=False)
        self.assertEqual(list(self.round()), ALL[2:-1])

    def test_logs_in_again_when_its_session_is_refused(self) -> None:
        self.round()
        self.server.tokens.clear()
        self.assertEqual(self.failures(), ["sync", "send", "deliver", "read", "upload", "download", "turn"])
        self.assertEqual(self.failures(), [])
        self.assertEqual(self.server.logins, 4)

    def test_fails_at_every_step_that_it_cannot_take(self) -> None:
        self.server.broken = {"/login"}
        results = self.round()
        self.assertEqual([name for name, reason in results.items() if reason], ALL[2:])
        self.assertEqual(results["login"], "503 M_UNKNOWN")
        self.assertEqual(results["deliver"], "nothing was sent")
        self.server.broken = set()
        self.assertEqual(self.failures(), [])

    def test_notices_each_thing_that_breaks(self) -> None:
        self.round()
        for path, steps in (
            ("/matrix/client", ["well_known"]),
            ("/version", ["federation"]),
            ("/sync", ["sync", "send", "deliver"]),
            ("/messages", ["read"]),
            ("/upload", ["upload", "download"]),
            ("/turnServer", ["turn"]),
        ):
            with self.subTest(path):
                self.server.broken = {path}
                self.assertEqual(self.failures()[: len(steps)], steps)

    def test_notices_a_message_that_is_accepted_and_not_delivered(self) -> None:
        self.round()
        self.server.delivers = False
        with mock.patch("conversation.DELIVERY", 1):
            self.assertEqual(self.round()["deliver"], "nothing arrived within 1 s")

    def test_notices_another_file_another_homeserver_and_a_missing_relay(self) -> None:
        self.round()
        self.server.answer_of_files = b"other"
        self.server.named, self.server.turn = "https://other.example.org", {}
        results = self.round()
        self.assertEqual(results["well_known"], "it names another homeserver, https://other.example.org")
        self.assertEqual(results["download"], "the file is not the one that was uploaded")
        self.assertEqual(results["turn"], "there is no TURN server")

    def test_makes_another_room_when_an_administrator_has_removed_its_own(self) -> None:
        self.round()
        self.server.rooms.clear()
        self.assertIn("send", self.failures())
        self.assertEqual(self.failures(), [])

    def test_returns_the_seconds_from_the_beginning_of_the_send_to_the_arrival(self) -> None:
        steps = self.conversation.steps()
        for name in ALL[: ALL.index("deliver")]:
            steps[name]()
        seconds = steps["deliver"]()
        self.assertTrue(seconds is not None and 0 < seconds < 1)
