import unittest
from unittest import mock

import new_values


class NewValues(unittest.TestCase):
    def test_passwords_are_long_and_different(self) -> None:
        self.assertEqual(len({new_values.password() for _ in range(10)}), 10)
        self.assertEqual(len(new_values.password()), 64)

    def test_signing_keys_have_a_version_that_is_not_taken(self) -> None:
        with mock.patch.object(new_values.secrets, "token_hex", side_effect=["1111", "1111", "2222"]):
            self.assertRegex(new_values.signing_key({"a_1111"}), r"^ed25519 a_2222 new\d+\n$")
