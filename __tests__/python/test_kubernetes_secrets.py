import tempfile
import unittest
from pathlib import Path

import kubernetes_api
import kubernetes_secrets
import kubernetes_stand_in


class Secrets(unittest.TestCase):
    def setUp(self) -> None:
        self.kubernetes = kubernetes_stand_in.begin(self)

    def test_are_read_with_their_version_and_writer(self) -> None:
        self.assertIsNone(kubernetes_secrets.get_secret("lost"))
        self.kubernetes.put({"one": {"key": "text"}}, "ExternalSecret")
        found = kubernetes_secrets.get_secret("one")
        self.assertEqual(found, kubernetes_secrets.Secret("one", {"key": "dGV4dA=="}, "1", "ExternalSecret"))

    def test_are_created_once(self) -> None:
        self.assertTrue(kubernetes_secrets.create_secret("one", {"key": "dGV4dA=="}, labels={"app": "x"}))
        metadata = {"name": "one", "labels": {"app": "x"}, "annotations": kubernetes_secrets.KEPT}
        self.assertEqual(self.kubernetes.bodies[-1]["metadata"], metadata)
        self.kubernetes.meddle = True
        self.assertFalse(kubernetes_secrets.create_secret("two", {"key": "dGV4dA=="}))

    def test_are_not_changed_when_another_client_was_first(self) -> None:
        self.kubernetes.put({"one": {"key": "text"}})
        found = kubernetes_secrets.get_secret("one")
        assert found
        self.kubernetes.meddle = True
        self.assertFalse(kubernetes_secrets.patch_secret(found, {"key": "eA=="}))
        found = kubernetes_secrets.get_secret("one")
        assert found
        self.assertTrue(kubernetes_secrets.patch_secret(found, {"key": "eA=="}))
        self.assertEqual(self.kubernetes.data("one"), {"key": "x"})

    def test_are_named_in_errors(self) -> None:
        self.kubernetes.refuse = "GET"
        with self.assertRaisesRegex(kubernetes_api.Refused, "^Secret one: 403 forbidden$"):
            kubernetes_secrets.get_secret("one")

    def test_are_encoded_from_files_without_the_hidden_ones_of_kubernetes(self) -> None:
        self.assertEqual(kubernetes_secrets.decoded(kubernetes_secrets.encoded("tëxt")), "tëxt")
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "key").write_bytes(b"\xff")
            Path(folder, "..data").mkdir()
            self.assertEqual(kubernetes_secrets.values_in(Path(folder)), {"key": "/w=="})
