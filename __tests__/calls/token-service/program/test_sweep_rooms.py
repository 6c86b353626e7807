import contextlib
import io
import unittest
from typing import Any

from call_case import ANNA, ROOM, Calls, run
from call_request import DelayedLeave
from sweep import RETURN
from web_client import Unavailable

BEN = "@ben:example.org"


class SweepRoomsTest(unittest.TestCase):
    """Which rooms the sweep opens again."""

    def setUp(self) -> None:
        self.calls = Calls()
        self.web = self.calls.web
        run(self.calls.livekit.create_room("name", ROOM))
        self.enterContext(contextlib.redirect_stdout(io.StringIO()))

    def round(self) -> None:
        self.web.asked.clear()
        run(self.calls.sweep.round())

    def restart(self, user: str = ANNA) -> list[dict[str, Any]]:
        """LiveKit is restarted under a participant. Returns what is there when they are back."""
        leave = self.calls.delegation.seal(DelayedLeave("d1", 3600))
        self.calls.enter("name", "me", user_id=user, delayed_leave=leave)
        self.round()
        there = self.web.participants.pop("name", [])
        self.web.rooms.clear()
        self.web.sid = "RM_2"
        return there

    def test_opens_a_room_again_that_a_restarted_livekit_has_forgotten(self) -> None:
        before = dict(self.web.rooms)
        there = self.restart()
        self.round()
        self.assertEqual(self.web.rooms, before)
        # She is on her way back.
        self.calls.now += RETURN - 1
        self.round()
        self.assertNotIn("send", self.web.names())
        self.web.participants["name"] = there
        self.round()
        self.calls.now += 2
        self.round()
        self.assertNotIn("send", self.web.names())
        # She leaves in the end.
        self.web.participants.clear()
        self.round()
        self.assertIn("send", self.web.names())

    def test_keeps_the_memberships_where_another_replica_was_faster(self) -> None:
        self.restart()
        run(self.calls.livekit.create_room("name", ROOM))
        self.round()
        self.assertEqual({"CreateRoom", "send"} & set(self.web.names()), set())

    def test_ends_the_membership_of_one_that_does_not_return(self) -> None:
        self.restart()
        self.round()
        self.calls.now += RETURN
        self.round()
        self.assertIn("send", self.web.names())

    def test_does_not_open_a_room_again_without_a_member(self) -> None:
        self.web.members.add((ROOM, BEN))
        self.restart(BEN)
        # Kicked meanwhile.
        self.web.members.remove((ROOM, BEN))
        self.round()
        self.assertEqual(self.web.rooms, {})

    def test_does_not_open_a_room_again_that_was_seen_long_ago(self) -> None:
        self.restart()
        self.calls.now += RETURN
        self.round()
        self.assertEqual(self.web.rooms, {})

    def test_does_not_open_a_room_again_that_all_have_left(self) -> None:
        self.calls.enter("name", "me", user_id=ANNA)
        self.round()
        self.web.participants.clear()
        self.round()
        self.web.rooms.clear()
        self.round()
        self.assertEqual(self.web.rooms, {})

    def test_is_urgent_until_the_rooms_are_open(self) -> None:
        self.restart()
        self.assertFalse(self.calls.sweep.urgent)
        self.web.status = 403
        with self.assertRaises(Unavailable):
            self.round()
        self.assertTrue(self.calls.sweep.urgent)
        # LiveKit is back, Synapse is not.
        self.web.status = 200
        homeserver = self.calls.homeserver
        read, homeserver._read_token = homeserver._read_token, lambda: (_ for _ in ()).throw(Unavailable("away"))
        with self.assertRaises(Unavailable):
            self.round()
        self.assertTrue(self.calls.sweep.urgent)
        homeserver._read_token = read
        self.round()
        self.assertFalse(self.calls.sweep.urgent)
        self.assertEqual(list(self.web.rooms), ["name"])
