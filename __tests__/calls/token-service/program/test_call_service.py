import unittest

import tokens
from call_case import ANNA, DEVICE, ROOM, SECRET, Calls, member_body, openid_of, refusal, run, sfu_body
from call_request import delegate, get_token, sfu_get
from web_client import Unavailable

NAME = tokens.hashed(ROOM, "m.call#ROOM")


class CallServiceTest(unittest.TestCase):
    def setUp(self) -> None:
        self.calls = Calls()

    def refused(self, body: bytes) -> str:
        return refusal(self.calls.service.token(sfu_get(body))).reason

    def test_opens_the_room_for_a_member_and_gives_a_token(self) -> None:
        for request in (sfu_get(sfu_body()), get_token(member_body())):
            answer = run(self.calls.service.token(request))
            self.assertEqual(answer["url"], "wss://calls.example.org/sfu")
            claims = tokens.verified(answer["jwt"], "key", SECRET)
            self.assertEqual((claims["video"]["room"], claims["video"]["canPublish"]), (NAME, True))
            self.assertIn(NAME, self.calls.web.rooms)

    def test_gives_strangers_nothing_and_opens_no_room(self) -> None:
        self.calls.web.users["eve"] = "@eve:example.org"
        stranger = refusal(self.calls.service.token(sfu_get(sfu_body(openid_token=openid_of("eve")))))
        nowhere = refusal(self.calls.service.token(sfu_get(sfu_body(room="!none:example.org"))))
        self.assertEqual(stranger.status, 403)
        # Nothing tells them apart.
        self.assertEqual(stranger.answer, nowhere.answer)
        self.assertNotIn("CreateRoom", self.calls.web.names())

    def test_gives_nothing_while_synapse_does_not_say_who_is_in_the_room(self) -> None:
        self.calls.web.status = 500
        with self.assertRaises(Unavailable):
            run(self.calls.service.token(sfu_get(sfu_body())))

    def test_asks_nobody_about_an_unknown_server_or_a_token_that_is_sent_too_often(self) -> None:
        self.assertEqual(self.refused(sfu_body(openid_token=openid_of("t", "10.0.0.1"))), "server")
        for _ in range(10):
            self.assertEqual(self.refused(sfu_body(openid_token=openid_of("forged"))), "openid")
        self.assertEqual(self.refused(sfu_body(openid_token=openid_of("forged"))), "limit_token")
        self.assertEqual(self.calls.web.names(), ["userinfo"] * 10)

    def test_limits_a_user_who_has_many_tokens(self) -> None:
        for number in range(21):
            self.calls.web.users[f"t{number}"] = ANNA
        for number in range(20):
            run(self.calls.service.token(sfu_get(sfu_body(openid_token=openid_of(f"t{number}")))))
        self.assertEqual(self.refused(sfu_body(openid_token=openid_of("t20"))), "limit_user")

    def test_limits_addresses(self) -> None:
        for _ in range(120):
            self.calls.service.admit("192.0.2.1")
        self.assertEqual(refusal(lambda: self.calls.service.admit("192.0.2.1")).reason, "limit_address")
        self.calls.service.admit("192.0.2.2")

    def test_refuses_an_openid_token_some_time_after_its_first_use(self) -> None:
        run(self.calls.service.token(sfu_get(sfu_body())))
        run(self.calls.service.token(sfu_get(sfu_body())))
        self.calls.now += 301
        self.assertEqual(self.refused(sfu_body()), "replay")

    def test_lets_users_of_other_servers_only_listen_to_a_room_that_is_open(self) -> None:
        self.calls.web.users["t"] = user = "@zoe:other.org"
        self.assertEqual(self.refused(sfu_body(openid_token=openid_of("t", "other.org"))), "membership")
        self.calls.web.members.add((ROOM, user))
        answer = run(self.calls.service.token(sfu_get(sfu_body(openid_token=openid_of("t", "other.org")))))
        self.assertFalse(tokens.verified(answer["jwt"], "key", SECRET)["video"]["canPublish"])
        self.assertNotIn("CreateRoom", self.calls.web.names())

    def test_lets_nobody_take_the_device_id_of_another_who_is_in_the_call(self) -> None:
        self.calls = Calls(identity="device")
        self.calls.enter(NAME, DEVICE, user_id="@ben:example.org")
        self.assertEqual(self.refused(sfu_body()), "device")
        self.calls.web.participants[NAME][0]["attributes"]["user_id"] = ANNA
        self.assertEqual(
            tokens.verified(run(self.calls.service.token(sfu_get(sfu_body())))["jwt"], "key", SECRET)["sub"], DEVICE
        )

    def test_lets_one_with_a_token_connect_who_is_in_the_room_now(self) -> None:
        token = run(self.calls.service.token(sfu_get(sfu_body())))["jwt"]
        self.assertEqual(run(self.calls.service.admission(token)), {})
        self.calls.web.members.clear()
        self.assertEqual(refusal(self.calls.service.admission(token)).reason, "membership")
        self.calls.web.status = 500
        with self.assertRaises(Unavailable):
            run(self.calls.service.admission(token))

    def test_lets_nobody_connect_with_a_forged_token_or_too_often(self) -> None:
        token = run(self.calls.service.token(sfu_get(sfu_body())))["jwt"]
        self.calls.web.asked.clear()
        forged = tokens.signed({"attributes": {"user_id": ANNA, "room_id": ROOM}}, "key", "other", 60)
        self.assertEqual(refusal(self.calls.service.admission(forged)).status, 401)
        self.assertEqual(self.calls.web.names(), [])
        for _ in range(20):
            run(self.calls.service.admission(token))
        self.assertEqual(refusal(self.calls.service.admission(token)).reason, "limit_visit")

    def test_takes_a_delayed_event_over_with_the_same_checks(self) -> None:
        body = {"delay_id": "d1", "delay_timeout": 3_600_000}
        identity = tokens.identity(get_token(member_body()), ANNA, False)
        self.calls.enter(NAME, identity, user_id=ANNA)
        self.assertEqual(run(self.calls.service.delegate(delegate(member_body(**body)))), {})
        self.assertIn("delayed_leave", self.calls.web.participants[NAME][0]["attributes"])
        self.calls.web.members.clear()
        self.assertEqual(refusal(self.calls.service.delegate(delegate(member_body(**body)))).reason, "membership")

    def test_takes_a_delayed_event_over_from_one_who_is_connected_and_asks_for_another_token(self) -> None:
        request = sfu_get(sfu_body(delay_id="d1", delay_timeout=3_600_000, delay_cs_api_url="https://example.org"))
        self.calls.enter(NAME, tokens.identity(request, ANNA, False), user_id=ANNA)
        run(self.calls.service.token(request))
        self.assertIn("delayed_leave", self.calls.web.participants[NAME][0]["attributes"])
