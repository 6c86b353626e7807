import unittest

from call_case import ANNA, ROOM, Calls, member_body, openid_of, refusal, run, sfu_body
from call_request import get_token, sfu_get
from homeserver import quoted
from web_client import Unavailable


class HomeserverTest(unittest.TestCase):
    def setUp(self) -> None:
        self.calls = Calls()
        self.homeserver = self.calls.homeserver

    def refused(self, body: bytes) -> str:
        problem = refusal(self.homeserver.user_of(sfu_get(body)))
        self.assertEqual(problem.status, 401)
        return problem.reason

    def test_knows_whose_an_openid_token_is(self) -> None:
        user = run(self.homeserver.user_of(get_token(member_body())))
        self.assertEqual((user.user_id, user.publishes), (ANNA, True))

    def test_asks_no_server_that_only_the_request_names(self) -> None:
        for name in ("localhost:8008", "10.96.0.1", "example.org:443", "EXAMPLE.org", "matrix-synapse-main"):
            self.assertEqual(self.refused(sfu_body(openid_token=openid_of("anna-token", name))), "server")
        self.assertEqual(self.calls.web.asked, [])

    def test_refuses_tokens_that_the_server_does_not_know_or_that_are_of_others(self) -> None:
        self.assertEqual(self.refused(sfu_body(openid_token=openid_of("forged"))), "openid")
        self.calls.web.users["ben"] = "@ben:example.org"
        request = get_token(member_body(openid_token=openid_of("ben")))
        self.assertEqual(refusal(self.homeserver.user_of(request)).reason, "claimed_user")

    def test_lets_no_server_speak_for_users_of_another(self) -> None:
        for user in (ANNA, "anna", "", None, 5, "@anna:other.org:8448", "@a:b:other.org"):
            self.calls.web.users["t"] = user  # type: ignore[assignment]
            self.assertEqual(self.refused(sfu_body(openid_token=openid_of("t", "other.org"))), "openid", user)

    def test_knows_who_is_in_a_room(self) -> None:
        self.assertTrue(run(self.homeserver.is_joined(ROOM, ANNA)))
        self.assertFalse(run(self.homeserver.is_joined(ROOM, "@eve:example.org")))
        self.assertFalse(run(self.homeserver.is_joined("!none:example.org", ANNA)))

    def test_says_when_synapse_does_not_answer(self) -> None:
        self.calls.web.status = 403
        for task in (self.homeserver.is_joined(ROOM, ANNA), self.homeserver.user_of(sfu_get(sfu_body()))):
            with self.assertRaises(Unavailable):
                run(task)

    def test_leaves_nothing_of_an_id_that_would_change_the_path(self) -> None:
        self.assertEqual(quoted("../a?b#c"), "%2E%2E%2Fa%3Fb%23c")
