import contextlib
import io
import json
import unittest

from call_case import ANNA, ROOM, Calls, run
from call_request import DelayedLeave
from web_client import Unavailable

EVE = "@eve:example.org"


class SweepTest(unittest.TestCase):
    def setUp(self) -> None:
        self.calls = Calls()
        run(self.calls.livekit.create_room("name", ROOM))
        self.said = io.StringIO()
        self.enterContext(contextlib.redirect_stdout(self.said))

    def there(self) -> list[str]:
        return [one["identity"] for one in self.calls.web.participants.get("name", [])]

    def event(self, name: str, identity: str, **attributes: str) -> None:
        room = {"name": "name", "metadata": json.dumps({"room_id": ROOM})}
        participant = {"identity": identity, "attributes": attributes}
        run(self.calls.sweep.webhook({"event": name, "room": room, "participant": participant}))

    def test_removes_those_who_are_not_in_the_room(self) -> None:
        self.calls.enter("name", "anna", user_id=ANNA)
        self.calls.enter("name", "eve", user_id=EVE)
        self.calls.enter("name", "recorder")
        run(self.calls.sweep.round())
        self.assertEqual(self.there(), ["anna", "recorder"])
        self.assertEqual(self.calls.value("matrix_call_token_removals_total"), 1)
        self.assertNotIn("@eve", self.said.getvalue())

    def test_removes_one_that_returns(self) -> None:
        self.calls.enter("name", "eve", user_id=EVE)
        self.event("participant_joined", "eve", user_id=EVE)
        self.assertEqual(self.there(), [])

    def test_removes_those_whose_matrix_room_is_not_known(self) -> None:
        self.calls.web.rooms = {"name": ""}
        self.calls.enter("name", "anna", user_id=ANNA)
        self.calls.enter("name", "recorder")
        run(self.calls.sweep.round())
        self.assertEqual(self.there(), ["recorder"])

    def test_removes_nobody_while_synapse_does_not_answer(self) -> None:
        self.calls.enter("name", "anna", user_id=ANNA)
        homeserver, self.calls.homeserver._url = self.calls.homeserver, "http://away"
        homeserver._read_token = lambda: (_ for _ in ()).throw(Unavailable("away"))
        with self.assertRaises(Unavailable):
            run(self.calls.sweep.round())
        self.assertEqual(self.there(), ["anna"])
        self.assertEqual(self.calls.value("matrix_call_token_last_sweep_timestamp_seconds"), 0)

    def test_ends_the_membership_of_one_that_left(self) -> None:
        leave = self.calls.delegation.seal(DelayedLeave("d1", 3600))
        for name in ("participant_left", "participant_connection_aborted"):
            self.calls.web.asked.clear()
            self.event(name, "anna", user_id=ANNA, delayed_leave=leave)
            self.assertIn("send", self.calls.web.names())

    def test_keeps_the_membership_of_one_that_has_connected_anew(self) -> None:
        leave = self.calls.delegation.seal(DelayedLeave("d1", 3600))
        self.calls.enter("name", "anna", user_id=ANNA)
        self.event("participant_left", "anna", user_id=ANNA, delayed_leave=leave)
        self.assertNotIn("send", self.calls.web.names())

    def test_ends_the_membership_when_the_webhook_was_lost(self) -> None:
        leave = self.calls.delegation.seal(DelayedLeave("d1", 3600))
        self.calls.enter("name", "anna", user_id=ANNA, delayed_leave=leave)
        run(self.calls.sweep.round())
        self.assertNotIn("send", self.calls.web.names())
        self.calls.web.participants.clear()
        run(self.calls.sweep.round())
        self.assertIn("send", self.calls.web.names())

    def test_ignores_other_events(self) -> None:
        self.calls.web.asked.clear()
        for event in (None, [], {}, {"event": "room_started"}, {"event": "participant_left", "participant": 1}):
            run(self.calls.sweep.webhook(event))
        self.event("track_published", "eve", user_id=EVE)
        self.assertEqual(self.calls.web.asked, [])
