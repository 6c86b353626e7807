import unittest
from typing import Any

from of_synapse import checked

USED = {"ask": ["who"]}


class Known:
    async def ask(self, who: str) -> None:
        """As it is used."""


class Waiting:
    def ask(self, who: str) -> None:
        """Not a coroutine."""


class Changed:
    async def ask(self, who: str, more: int = 0) -> None:
        """With another argument."""


class OfSynapseTest(unittest.TestCase):
    def test_returns_what_has_the_functions(self) -> None:
        known = Known()
        self.assertIs(checked(known, USED, "a test asks"), known)

    def test_refuses_what_lacks_one_or_has_another(self) -> None:
        missing: tuple[Any, ...] = (None, object(), Waiting(), Changed())
        for other in missing:
            with self.assertRaisesRegex(RuntimeError, r"has no ask\(who\), by which a test asks: use the version"):
                checked(other, USED, "a test asks")
