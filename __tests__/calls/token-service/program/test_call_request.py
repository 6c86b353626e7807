import json
import unittest

from call_case import ANNA, DEVICE, ROOM, member_body, refusal, sfu_body
from call_request import DelayedLeave, delegate, get_token, sfu_get


class CallRequestTest(unittest.TestCase):
    def test_reads_both_bodies(self) -> None:
        one = sfu_get(sfu_body())
        self.assertEqual((one.room_id, one.slot_id, one.device_id, one.member_id), (ROOM, "m.call#ROOM", DEVICE, None))
        other = get_token(member_body())
        self.assertEqual((other.room_id, other.member_id, other.claimed_user), (ROOM, "m1", ANNA))

    def test_reads_a_delayed_event_and_not_the_server_that_it_names(self) -> None:
        body = sfu_body(delay_id="d1", delay_timeout=3_600_000, delay_cs_api_url="http://10.0.0.1")
        self.assertEqual(sfu_get(body).delayed_leave, DelayedLeave("d1", 3600))
        self.assertNotIn("10.0.0.1", repr(sfu_get(body)))

    def test_refuses_what_is_not_strict_json(self) -> None:
        for body in (
            b"",
            b"[",
            b"\xff{}",
            b'{"a": NaN}',
            b'{"room": 1, "room": 2}',
            b"[" * 60_000,
            sfu_body(further=1),
        ):
            self.assertEqual(refusal(lambda b=body: sfu_get(b)).answer["errcode"], "M_NOT_JSON", body[:20])

    def test_refuses_what_has_another_shape(self) -> None:
        member = json.loads(member_body())["member"]
        for read, body in (
            (sfu_get, b"[]"),
            (sfu_get, b'"text"'),
            (sfu_get, sfu_body(room=5)),
            (sfu_get, sfu_body(room="#alias:example.org")),
            (sfu_get, sfu_body(room="!" + "a" * 255)),
            (sfu_get, sfu_body(device_id="")),
            (sfu_get, sfu_body(device_id="line\nbreak")),
            (sfu_get, sfu_body(openid_token="anna-token")),
            (sfu_get, sfu_body(openid_token={"access_token": "anna-token"})),
            (sfu_get, sfu_body(delay_id="d1")),
            (sfu_get, sfu_body(delay_timeout=5000)),
            (sfu_get, sfu_body(delay_id="d1", delay_timeout=True)),
            (sfu_get, sfu_body(delay_id="d1", delay_timeout=1)),
            (get_token, sfu_body(room_id=ROOM)),
            (get_token, member_body(member={**member, "id": None})),
            (delegate, member_body()),
        ):
            problem = refusal(lambda r=read, b=body: r(b))
            self.assertEqual((problem.status, problem.reason), (400, "body"), body)
