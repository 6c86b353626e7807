import contextlib
import io
import unittest
from typing import Any

from prometheus_client import CollectorRegistry

from public_client import Failed
from step_metrics import StepMetrics
from synthetic_user import SyntheticUser


class Steps:
    """A conversation of steps that the test chooses."""

    def __init__(self, **steps: Any) -> None:
        self.due = steps

    def steps(self) -> dict[str, Any]:
        return self.due


def works() -> None:
    """A step that takes no time worth noting."""


def fails() -> None:
    raise Failed("503 M_UNKNOWN")


class SyntheticUserTest(unittest.TestCase):
    def setUp(self) -> None:
        self.registry = CollectorRegistry()

    def rounds(self, steps: Steps, *more: dict[str, Any]) -> str:
        """What a user with these steps says in a round, and in further rounds with others."""
        said = io.StringIO()
        user = SyntheticUser(steps, StepMetrics(self.registry))  # type: ignore[arg-type]
        with contextlib.redirect_stdout(said):
            user.round()
            for one in more:
                steps.due = one
                user.round()
        return said.getvalue()

    def count(self, step: str, result: str) -> float | None:
        return self.registry.get_sample_value("matrix_synthetic_steps_total", {"step": step, "result": result})

    def test_counts_every_step_by_its_result_and_goes_on_after_a_failure(self) -> None:
        self.rounds(Steps(send=fails, upload=works))
        counts = [self.count(step, result) for step in ("send", "upload") for result in ("success", "failure")]
        self.assertEqual(counts, [0, 1, 1, 0])

    def test_has_series_of_the_steps_that_are_rarely_due(self) -> None:
        self.rounds(Steps(login=works), {"send": works})
        self.assertEqual((self.count("login", "success"), self.count("login", "failure")), (1, 0))
        self.assertIsNone(self.count("turn", "success"))

    def test_notes_the_seconds_that_a_step_returns_or_took(self) -> None:
        self.rounds(Steps(deliver=lambda: 3.0, send=works))
        total = [
            self.registry.get_sample_value("matrix_synthetic_step_seconds_sum", {"step": step})
            for step in ("deliver", "send")
        ]
        self.assertEqual(total[0], 3)
        self.assertLess(total[1] or 0, 1)
        late = {"step": "deliver", "le": "2.5"}
        self.assertEqual(self.registry.get_sample_value("matrix_synthetic_step_seconds_bucket", late), 0)

    def test_says_only_what_is_new(self) -> None:
        said = self.rounds(Steps(send=works), {"send": fails}, {"send": fails}, {"send": works})
        expected = ["send works", "send failed: 503 M_UNKNOWN", "send works"]
        self.assertEqual(said.splitlines(), [f"synthetic-user: {line}" for line in expected])

    def test_counts_an_answer_of_another_shape_as_a_failure(self) -> None:
        self.rounds(Steps(sync=lambda: {}["next_batch"], read=lambda: [].get("chunk")))  # type: ignore[attr-defined]
        self.assertEqual((self.count("sync", "failure"), self.count("read", "failure")), (1, 1))

    def test_notes_the_end_of_each_round(self) -> None:
        self.rounds(Steps(send=fails))
        self.assertGreater(self.registry.get_sample_value("matrix_synthetic_last_round_timestamp_seconds") or 0, 1e9)
