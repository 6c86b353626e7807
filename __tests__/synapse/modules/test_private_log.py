import logging
import sys
import unittest

import private_log


def line(message: str, *values: object, failed: bool = False) -> str:
    """The line of a message, within the handling of an exception or not."""
    info = sys.exc_info() if failed else None
    record = logging.LogRecord("synapse", logging.ERROR, __file__, 1, message, values, info)
    return private_log.PrivateFormatter().format(record)


class PrivateFormatterTest(unittest.TestCase):
    def test_shows_a_message(self) -> None:
        self.assertEqual(line("started %s", "once"), '{"log": "started once"}')

    def test_shows_the_place_of_an_exception_and_not_its_text(self) -> None:
        try:
            raise ValueError("LINE 1: secret")
        except ValueError:
            shown = line("failed", failed=True)
        self.assertNotIn("secret", shown)
        self.assertRegex(shown, r'"exc_type": "ValueError", "exc_at": \["test_private_log.py:\d+"\]')

    def test_leaves_out_addresses_and_shows_users(self) -> None:
        for said, shown in (
            ("Sending email to a.person+x@mail.example.org", "Sending email to [address]"),
            ("/email/users/a.person%40example.org", "/email/users/[address]"),
            ("@anna:example.org in !room:example.org", "@anna:example.org in !room:example.org"),
            ("/profile/%40anna%3Aexample.org", "/profile/%40anna%3Aexample.org"),
            ("user '@a.b:example.org'", "user '@a.b:example.org'"),
        ):
            self.assertEqual(line(said), f'{{"log": "{shown}"}}')

    def test_shows_text_that_cannot_be_written(self) -> None:
        self.assertEqual(line("thread \ud800"), '{"log": "thread \\ud800"}')
