import tempfile
import unittest
from pathlib import Path
from unittest import mock

import people
from homeserver_stand_in import Homeserver
from people import ROOM_TYPE, Account, common_room
from public_client import Failed, PublicClient
from stand_in_server import serving

MINE = {"m.federate": False, "type": ROOM_TYPE}


class People(unittest.TestCase):
    def setUp(self) -> None:
        self.server = Homeserver()
        self.url = self.enterContext(serving(self.server.answer))
        self.password = Path(self.enterContext(tempfile.TemporaryDirectory())) / "password"
        self.password.write_text("right\n")
        self.one, self.two = (Account(PublicClient(), self.url, name, self.password) for name in ("one", "two"))
        for account in (self.one, self.two):
            account.log_in()

    def room(self, name: str, create: dict[str, object], *members: str) -> None:
        users = {f"@{member}:example.org" for member in members}
        self.server.rooms[name] = {"create": create, "members": users, "events": []}

    def test_keeps_its_session_and_logs_in_again_after_an_hour_with_the_password_of_then(self) -> None:
        self.assertFalse(self.one.must_log_in)
        self.server.password = "new"
        self.password.write_text("new")
        with mock.patch.object(people.time, "monotonic", return_value=people.time.monotonic() + 3601):
            self.assertTrue(self.one.must_log_in)
            self.one.log_in()
            self.assertFalse(self.one.must_log_in)
        self.assertEqual(sorted(self.server.tokens.values()), ["@one:example.org", "@two:example.org"])
        bodies = [body for _, path, body in self.server.asked if path.endswith("/login")]
        self.assertEqual({body["device_id"] for body in bodies}, {people.DEVICE})

    def test_gives_up_a_session_that_is_refused(self) -> None:
        self.server.tokens.clear()
        with self.assertRaisesRegex(Failed, "M_UNKNOWN_TOKEN"):
            self.one.ask("GET", "client/v3/joined_rooms")
        self.assertTrue(self.one.must_log_in)
        with self.assertRaisesRegex(Failed, "one is not logged in"):
            self.one.ask("GET", "client/v3/joined_rooms")

    def test_makes_a_room_of_its_own_once(self) -> None:
        room = common_room(self.one, self.two)
        self.assertEqual(common_room(self.one, self.two), room)
        self.assertEqual(list(self.server.rooms), [room])
        self.assertEqual(self.server.rooms[room]["create"], MINE)
        [made] = [body for _, path, body in self.server.asked if path.endswith("/createRoom")]
        self.assertEqual((made["preset"], made["visibility"]), ("private_chat", "private"))
        self.assertEqual(made["invite"], ["@two:example.org"])
        self.assertEqual(made["initial_state"][0]["content"], {"history_visibility": "joined"})

    def test_enters_a_room_that_only_one_of_them_has_entered(self) -> None:
        self.room("!half", MINE, "one")
        self.assertEqual(common_room(self.one, self.two), "!half")
        self.assertIn("@two:example.org", self.server.rooms["!half"]["members"])

    def test_leaves_rooms_of_people(self) -> None:
        self.room("!lobby", {}, "one", "two", "anna")
        self.assertNotEqual(common_room(self.one, self.two), "!lobby")
        self.assertEqual(self.server.rooms["!lobby"]["members"], {"@anna:example.org"})

    def test_asks_for_little_and_is_never_shown_as_online(self) -> None:
        self.one.sync("5", 0.2)
        _, path, _ = self.server.asked[-1]
        for part in ("set_presence=offline", "timeout=200", "since=5", "filter=%7B"):
            self.assertIn(part, path)
