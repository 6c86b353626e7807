import unittest
from unittest import mock

from call_case import ANNA, Calls, run
from call_request import DelayedLeave
from livekit_api import Participant


class DelegationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.calls = Calls()
        self.delegation = self.calls.delegation
        self.one = Participant("room", "me", ANNA, self.delegation.seal(DelayedLeave("d1", 3600)))

    def asked(self) -> list[str]:
        """What Synapse was asked about delayed events since the last look."""
        names = [name for name in self.calls.web.names() if name in ("send", "restart")]
        self.calls.web.asked.clear()
        return names

    def test_waits_for_a_participant_that_has_not_connected_yet(self) -> None:
        run(self.delegation.begin(self.one))
        self.calls.web.asked.clear()
        run(self.delegation.round([]))
        self.assertEqual(self.calls.web.names(), [])
        self.calls.enter("room", "me", user_id=ANNA)
        run(self.delegation.round([Participant("room", "me", ANNA, None)]))
        self.assertEqual(self.calls.web.participants["room"][0]["attributes"]["delayed_leave"], self.one.leave)
        self.calls.web.asked.clear()
        for _ in range(2):
            run(self.delegation.round([self.one]))
        self.assertEqual(self.calls.web.names(), [])

    def test_does_not_wait_for_ever(self) -> None:
        run(self.delegation.begin(self.one))
        self.calls.now += 121
        run(self.delegation.round([]))
        self.calls.web.asked.clear()
        run(self.delegation.round([Participant("room", "me", ANNA, None)]))
        self.assertEqual(self.calls.web.names(), [])

    def test_does_not_replace_a_newer_event_that_another_replica_has_noted(self) -> None:
        run(self.delegation.begin(self.one))
        with mock.patch("time.time", return_value=4_000_000_000):
            newer = Participant("room", "me", ANNA, self.delegation.seal(DelayedLeave("d2", 3600)))
        self.calls.web.asked.clear()
        run(self.delegation.round([newer]))
        self.assertEqual(self.calls.web.names(), [])

    def test_gives_the_event_of_one_user_to_no_other_with_the_same_device_id(self) -> None:
        run(self.delegation.begin(self.one))
        self.calls.web.asked.clear()
        run(self.delegation.round([Participant("room", "me", "@ben:example.org", None)]))
        self.assertEqual(self.calls.web.names(), [])

    def test_restarts_an_event_in_time_that_is_handed_over_again_and_again(self) -> None:
        run(self.delegation.round([self.one]))
        self.calls.now += 1200
        again = Participant("room", "me", ANNA, self.delegation.seal(DelayedLeave("d1", 3600)))
        run(self.delegation.round([again]))
        self.assertEqual(self.asked(), ["restart"])

    def test_restarts_the_event_while_the_participant_is_there(self) -> None:
        run(self.delegation.round([self.one]))
        self.assertEqual(self.asked(), [])
        self.calls.now += 1200
        run(self.delegation.round([self.one]))
        run(self.delegation.round([self.one]))
        self.assertEqual(self.asked(), ["restart"])

    def test_sends_the_event_of_one_that_left(self) -> None:
        run(self.delegation.left(self.one))
        run(self.delegation.round([]))
        self.assertEqual(self.asked(), ["send"])
        self.assertEqual(self.calls.value("matrix_call_token_leaves_total", result="sent"), 1)

    def test_tries_again_until_synapse_has_sent_it_by_itself(self) -> None:
        self.calls.web.status = 500
        run(self.delegation.left(self.one))
        run(self.delegation.round([]))
        self.assertEqual(self.asked(), ["send", "send"])
        self.calls.now += 3601
        run(self.delegation.round([]))
        self.assertEqual(self.asked(), [])

    def test_is_content_when_another_was_first(self) -> None:
        self.calls.web.status = 404
        run(self.delegation.left(self.one))
        run(self.delegation.round([]))
        self.assertEqual(self.asked(), ["send"])
        self.assertEqual(self.calls.value("matrix_call_token_leaves_total", result="sent"), 0)

    def test_ignores_what_it_cannot_read_and_those_who_delegated_nothing(self) -> None:
        for leave in (None, "sealed by an earlier secret"):
            run(self.delegation.left(Participant("room", "me", ANNA, leave)))
            run(self.delegation.round([Participant("room", "me", ANNA, leave)]))
        self.assertEqual(self.asked(), [])
