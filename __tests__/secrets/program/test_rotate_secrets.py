import json
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any

import kubernetes_stand_in
import rotate_secrets
from output import outcome

PLAN = {
    "macaroon": {"secret": "synapse", "passwords": ["macaroon", "form"], "effect": "All sessions stay valid."},
    "signing-key": {"secret": "identity", "signingKey": "signing.key", "oldSigningKeys": "old.yaml", "effect": "Fine."},
}


class RotateSecrets(unittest.TestCase):
    def setUp(self) -> None:
        self.kubernetes = kubernetes_stand_in.begin(self)
        self.kubernetes.put(
            {
                "synapse": {"macaroon": "old-macaroon", "form": "old-form", "registration": "stays"},
                "identity": {"signing.key": "ed25519 a_1111 first\n"},
            }
        )

    def rotate(self, what: str) -> tuple[int, str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "plan.json")
            path.write_text(json.dumps(PLAN), encoding="utf-8")
            return outcome(rotate_secrets.main, [str(path), what])

    def old_keys(self) -> dict[str, Any]:
        keys: dict[str, Any] = json.loads(self.kubernetes.data("identity")["old.yaml"])["old_signing_keys"]
        return keys

    def test_replaces_its_keys_in_one_request_and_prints_no_value(self) -> None:
        code, said = self.rotate("macaroon")
        data = self.kubernetes.data("synapse")
        self.assertEqual((code, data["registration"]), (0, "stays"))
        self.assertRegex(data["macaroon"], r"^[\w-]{64}$")
        self.assertRegex(data["form"], r"^[\w-]{64}$")
        self.assertNotEqual(data["macaroon"], data["form"])
        message = "rotate: Secret synapse has a new macaroon, form. It is reloaded within two minutes. All sessions stay valid.\n"
        self.assertEqual(said, message)
        self.assertEqual(self.kubernetes.calls, ["GET synapse", "PATCH synapse"])

    def test_creates_another_value_each_time(self) -> None:
        self.rotate("macaroon")
        before = self.kubernetes.data("synapse")["macaroon"]
        self.assertEqual(self.rotate("macaroon")[0], 0)
        self.assertNotEqual(self.kubernetes.data("synapse")["macaroon"], before)

    def test_tries_again_when_another_client_changed_the_secret_first(self) -> None:
        self.kubernetes.meddle = True
        code, said = self.rotate("macaroon")
        self.assertEqual(code, 0)
        self.assertIn("Secret synapse was changed by another client", said)
        self.assertEqual(self.kubernetes.calls, ["GET synapse", "PATCH synapse"] * 2)
        self.assertNotEqual(self.kubernetes.data("synapse")["form"], "old-form")

    def test_fails_and_changes_nothing(self) -> None:
        for what, secrets, refuse, message in (
            ("the Secret is missing", {}, None, "Secret synapse does not exist"),
            (
                "a key is missing",
                {"synapse": {"macaroon": "old"}},
                None,
                "Secret synapse has no form to replace",
            ),
            ("it may not", {"synapse": {"macaroon": "old", "form": "old"}}, "PATCH", "Secret synapse: 403 forbidden"),
        ):
            with self.subTest(what):
                self.kubernetes.secrets = {}
                self.kubernetes.put(secrets)
                self.kubernetes.refuse = refuse
                code, said = self.rotate("macaroon")
                self.assertEqual(code, 1)
                self.assertIn(message, said)
                self.assertEqual({name: self.kubernetes.data(name) for name in self.kubernetes.secrets}, secrets)

    def test_keeps_the_old_signing_key_and_lists_its_public_part_as_expired(self) -> None:
        before = time.time() * 1000
        self.assertEqual(self.rotate("signing-key")[0], 0)
        data = self.kubernetes.data("identity")
        self.assertRegex(data["signing.key"], r"^ed25519 a_[0-9a-f]{4} new\d+\n$")
        self.assertEqual(data["signing.key.ed25519-a_1111"], "ed25519 a_1111 first\n")
        [(name, old)] = self.old_keys().items()
        self.assertEqual((name, old["key"]), ("ed25519:a_1111", "public of first"))
        # Synapse signs with the old key until it has restarted.
        self.assertGreaterEqual(old["expired_ts"] + 1, before + 600_000)
        self.assertLess(old["expired_ts"], before + 660_000)
        self.assertNotIn('"first"', data["old.yaml"])

    def test_keeps_all_old_signing_keys_and_those_that_an_operator_added(self) -> None:
        own = {"old_signing_keys": {"ed25519:auto": {"key": "x", "expired_ts": 1}}}
        self.kubernetes.put({"identity": {"signing.key": "ed25519 a_1111 first\n", "old.yaml": json.dumps(own)}})
        self.rotate("signing-key")
        version = self.kubernetes.data("identity")["signing.key"].split(" ")[1]
        expired = self.old_keys()["ed25519:a_1111"]
        self.assertEqual(self.rotate("signing-key")[0], 0)
        self.assertEqual(list(self.old_keys()), ["ed25519:auto", "ed25519:a_1111", f"ed25519:{version}"])
        self.assertEqual(self.old_keys()["ed25519:a_1111"], expired)
        self.assertLessEqual(
            {"signing.key.ed25519-a_1111", f"signing.key.ed25519-{version}"}, set(self.kubernetes.data("identity"))
        )
