import unittest
from unittest import mock

import limits
from call_case import refusal


class LimitTest(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 100.0

    def test_allows_a_burst_and_then_its_rate_for_each_key(self) -> None:
        limit = limits.Limit("user", 3, 0.5, lambda: self.now)
        for _ in range(3):
            limit.take("a")
        problem = refusal(lambda: limit.take("a"))
        self.assertEqual((problem.status, problem.reason, problem.answer["retry_after_ms"]), (429, "limit_user", 2000))
        limit.take("b")
        self.now += 2
        limit.take("a")
        refusal(lambda: limit.take("a"))

    def test_forgets_the_oldest_keys(self) -> None:
        limit = limits.Limit("user", 1, 0.5, lambda: self.now)
        with mock.patch.object(limits, "REMEMBERED", 2):
            for key in "abc":
                limit.take(key)
            limit.take("a")


class FirstUsesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 100.0
        self.uses = limits.FirstUses(300, lambda: self.now)

    def test_lets_a_token_be_used_for_some_time_after_its_first_use(self) -> None:
        self.uses.check("t")
        self.uses.note("t")
        self.now += 300
        self.uses.check("t")
        # A later use does not prolong it.
        self.uses.note("t")
        self.now += 1
        self.assertEqual(refusal(lambda: self.uses.check("t")).reason, "replay")
        self.uses.check("another")

    def test_remembers_a_token_for_as_long_as_synapse_accepts_it(self) -> None:
        self.uses.note("t")
        self.now += limits.OPENID_LIFETIME
        self.uses.note("another")
        refusal(lambda: self.uses.check("t"))
