import hashlib
import hmac
import unittest
from typing import Any

import synapse_api
from stand_in_server import serving
from synapse_api import NoAnswer, Synapse


class SynapseApi(unittest.TestCase):
    def setUp(self) -> None:
        self.asked: list[tuple[str, str, Any, str]] = []
        self.answers: list[tuple[int, Any]] = []
        self.synapse = Synapse(self.enterContext(serving(self.answer)))

    def answer(self, *request: Any) -> tuple[int, Any]:
        self.asked.append(request)
        return self.answers.pop(0)

    def test_returns_json_or_bytes(self) -> None:
        self.answers = [(200, {"one": 1}), (200, b"a file"), (404, b"not here")]
        self.assertEqual(self.synapse.ask("GET", "/one", token="t"), (200, {"one": 1}))
        self.assertEqual(self.synapse.ask("GET", "/file"), (200, b"a file"))
        self.assertEqual(self.synapse.ask("GET", "/lost"), (404, {"error": "b'not here'"}))
        self.assertEqual(self.asked[0], ("GET", "/one", None, "t"))

    def test_does_not_retry_without_patience(self) -> None:
        self.answers = [(503, {})]
        with self.assertRaisesRegex(NoAnswer, "Synapse did not answer at http://127.0.0.1:.*503"):
            self.synapse.ask("GET", "/one")
        with self.assertRaises(NoAnswer):
            Synapse("http://127.0.0.1:1").ask("GET", "/one")

    def test_registers_with_the_mac_that_synapse_requires(self) -> None:
        """https://element-hq.github.io/synapse/latest/admin_api/register_api.html"""
        self.answers = [(200, {"nonce": "n"}), (200, {"access_token": "t"})]
        self.assertEqual(self.synapse.register("shared", "root", "right"), (200, {"access_token": "t"}))
        mac = hmac.new(b"shared", b"n\0root\0right\0admin", hashlib.sha1).hexdigest()
        body = {"nonce": "n", "username": "root", "password": "right", "admin": True, "mac": mac}
        self.assertEqual(self.asked[1][1:3], ("/_synapse/admin/v1/register", body))
        self.assertNotEqual(synapse_api.registration_mac("shared", "n", "root", "right", False), mac)

    def test_registers_nothing_without_a_nonce(self) -> None:
        self.answers = [(403, {"errcode": "M_FORBIDDEN"})]
        self.assertEqual(self.synapse.register("shared", "root", "right")[0], 403)

    def test_logs_in_with_a_password(self) -> None:
        self.answers = [(200, {})]
        self.synapse.log_in("root", "right", initial_device_display_name="here")
        body = self.asked[0][2]
        self.assertEqual((body["identifier"], body["password"]), ({"type": "m.id.user", "user": "root"}, "right"))
        self.assertEqual(body["initial_device_display_name"], "here")

    def test_quotes_parts_of_paths(self) -> None:
        self.assertEqual(synapse_api.quoted("@a/b:c"), "%40a%2Fb%3Ac")
