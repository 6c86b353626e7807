import importlib
import types
import unittest
from unittest import mock

from matrix_migration import __main__, settings
from matrix_migration.problem import Problem
from output import outcome


class Commands(unittest.TestCase):
    def run_step(self, problem: Exception | None) -> tuple[int, str]:
        module = types.SimpleNamespace(run=mock.Mock(side_effect=problem))
        with (
            mock.patch.object(settings, "load", return_value=None),
            mock.patch.object(importlib, "import_module", return_value=module) as imported,
        ):
            said = outcome(__main__.main, ["copy"])
        imported.assert_called_once_with("matrix_migration.step_copy")
        return said

    def test_a_problem_is_one_line_and_exit_code_1(self) -> None:
        self.assertEqual(self.run_step(Problem("no room")), (1, "copy: REFUSED: no room\n"))
        self.assertEqual(self.run_step(OSError("gone")), (1, "copy: REFUSED: gone\n"))

    def test_a_step_that_succeeds_says_nothing_more(self) -> None:
        self.assertEqual(self.run_step(None), (0, ""))

    def test_another_word_is_refused_with_all_steps(self) -> None:
        self.assertRegex(
            outcome(__main__.main, ["fly"])[1], "^'fly' is not a step of the move: use postgres, preflight"
        )

    def test_every_step_has_a_module(self) -> None:
        for step in __main__.STEPS:
            self.assertTrue(hasattr(importlib.import_module(f"matrix_migration.step_{step}"), "run"))
