import json
import unittest
from typing import Any

import tokens
from call_case import ANNA, ROOM, SECRET, Calls, run
from livekit_api import OpenRoom, Participant, matrix_room
from web_client import Unavailable

#: Such as those that ask for the API, and those of webhooks.
CLAIMS_OF_NOBODY: list[dict[str, Any]] = [
    {},
    {"attributes": []},
    {"attributes": {"user_id": ANNA}},
    {"attributes": {"user_id": ANNA, "room_id": 1}},
    {"video": {"roomAdmin": True}},
]


class LiveKitTest(unittest.TestCase):
    def setUp(self) -> None:
        self.calls = Calls()
        self.livekit = self.calls.livekit

    def grant(self, publishes: bool) -> dict[str, object]:
        one = Participant("room", "me", ANNA, None)
        claims = tokens.verified(self.livekit.token(one, ROOM, publishes, 120), "key", SECRET)
        self.assertEqual((claims["sub"], claims["attributes"]), ("me", {"user_id": ANNA, "room_id": ROOM}))
        self.assertEqual(claims["exp"] - claims["nbf"], 120)
        # Nothing by which it could open a room.
        self.assertNotIn("roomConfig", claims)
        return dict(claims["video"])

    def test_lets_a_member_into_one_room_only(self) -> None:
        self.assertEqual(
            self.grant(True),
            {"room": "room", "roomJoin": True, "canSubscribe": True, "canPublish": True, "canPublishData": True}
            | {"canUpdateOwnMetadata": False},
        )

    def test_lets_others_only_listen(self) -> None:
        grant = self.grant(False)
        self.assertEqual((grant["canSubscribe"], grant["canPublish"], grant["canPublishData"]), (True, False, False))

    def test_finds_the_matrix_room_of_a_room(self) -> None:
        run(self.livekit.create_room("name", ROOM))
        self.calls.web.rooms["of another program"] = "{}"
        rooms = {"name": OpenRoom("RM_1", ROOM), "of another program": OpenRoom("RM_1", None)}
        self.assertEqual(run(self.livekit.rooms()), rooms)
        for about in ({}, {"metadata": ""}, {"metadata": "text"}, {"metadata": "[]"}, {"metadata": '{"room_id": 1}'}):
            self.assertIsNone(matrix_room(about), about)

    def test_knows_whose_a_token_is(self) -> None:
        one = Participant("room", "me", ANNA, None)
        self.assertEqual(self.livekit.holder(self.livekit.token(one, ROOM, True, 120)), (ANNA, ROOM))
        made = [tokens.signed(claims, "key", SECRET, 120) for claims in CLAIMS_OF_NOBODY]
        for token in ("", "a.b.c", self.livekit.token(one, ROOM, True, -120), *made):
            with self.assertRaises(tokens.BadToken):
                self.livekit.holder(token)

    def test_knows_and_removes_participants(self) -> None:
        self.calls.enter("name", "me", user_id=ANNA)
        one = Participant("name", "me", ANNA, None)
        self.assertEqual(run(self.livekit.participants("name")), [one])
        run(self.livekit.remove(one))
        self.assertEqual(run(self.livekit.participants("name")), [])
        self.assertEqual(self.calls.web.asked[1][1], {"room": "name", "identity": "me"})

    def test_notes_a_delayed_event_where_the_participant_is_there(self) -> None:
        self.assertFalse(run(self.livekit.set_leave("name", "me", "sealed")))
        self.calls.enter("name", "me", user_id=ANNA)
        self.assertTrue(run(self.livekit.set_leave("name", "me", "sealed")))
        self.assertEqual(run(self.livekit.participants("name")), [Participant("name", "me", ANNA, "sealed")])

    def test_says_when_livekit_refuses(self) -> None:
        self.calls.web.status = 401
        with self.assertRaises(Unavailable):
            run(self.livekit.create_room("name", json.dumps(ROOM)))
