import contextlib
import io
import os
import ssl
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import kubernetes_api
import kubernetes_stand_in


class Call(unittest.TestCase):
    def setUp(self) -> None:
        self.kubernetes = kubernetes_stand_in.begin(self)
        self.enterContext(contextlib.redirect_stdout(io.StringIO()))

    def test_returns_answers_and_errors_of_the_api(self) -> None:
        self.kubernetes.objects["/there"] = {"kind": "One"}
        self.assertEqual(kubernetes_api.call("GET", "/there"), (200, {"kind": "One"}))
        self.assertEqual(kubernetes_api.call("GET", "/lost"), (404, {"message": "not found"}))

    def test_retries_while_the_api_is_down_and_fails_in_the_end(self) -> None:
        self.kubernetes.objects["/there"] = {}
        self.kubernetes.failures = [503, 500]
        self.assertEqual(kubernetes_api.call("GET", "/there")[0], 200)
        self.kubernetes.failures = [503, 503, 503]
        with self.assertRaisesRegex(SystemExit, "did not answer"):
            kubernetes_api.call("GET", "/there", attempts=3)

    def test_knows_its_namespace(self) -> None:
        self.assertEqual(kubernetes_api.namespace(), "here")
        self.assertEqual(kubernetes_api.core("secrets", "one"), "/api/v1/namespaces/here/secrets/one")


class Address(unittest.TestCase):
    def test_is_in_the_environment_of_every_pod(self) -> None:
        for host, url in (("10.0.0.1", "https://10.0.0.1:443"), ("fd00::1", "https://[fd00::1]:443")):
            env = {"KUBERNETES_SERVICE_HOST": host, "KUBERNETES_SERVICE_PORT": "443"}
            with self.subTest(host), mock.patch.dict(os.environ, env):
                self.assertEqual(kubernetes_api.address(), url)

    def test_trusts_only_the_clusters_ca(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        with mock.patch.object(ssl, "create_default_context", return_value=context) as made:
            self.assertIs(kubernetes_api.trust(), context)
        made.assert_called_once_with(cafile=kubernetes_api.ACCOUNT / "ca.crt")
        self.assertEqual(context.verify_mode, ssl.CERT_REQUIRED)
        self.assertFalse(context.verify_flags & ssl.VERIFY_X509_STRICT)


class Secrets(unittest.TestCase):
    def setUp(self) -> None:
        self.kubernetes = kubernetes_stand_in.begin(self)

    def test_are_read_with_their_version_and_writer(self) -> None:
        self.assertIsNone(kubernetes_api.get_secret("lost"))
        self.kubernetes.put({"one": {"key": "text"}}, "ExternalSecret")
        found = kubernetes_api.get_secret("one")
        self.assertEqual(found, kubernetes_api.Secret("one", {"key": "dGV4dA=="}, "1", "ExternalSecret"))

    def test_are_created_once(self) -> None:
        self.assertTrue(kubernetes_api.create_secret("one", {"key": "dGV4dA=="}, labels={"app": "x"}, annotations=None))
        self.assertEqual(self.kubernetes.bodies[-1]["metadata"], {"name": "one", "labels": {"app": "x"}})
        self.kubernetes.meddle = True
        self.assertFalse(kubernetes_api.create_secret("two", {"key": "dGV4dA=="}))

    def test_are_not_changed_when_another_client_was_first(self) -> None:
        self.kubernetes.put({"one": {"key": "text"}})
        found = kubernetes_api.get_secret("one")
        assert found
        self.kubernetes.meddle = True
        self.assertFalse(kubernetes_api.patch_secret(found, {"key": "eA=="}))
        found = kubernetes_api.get_secret("one")
        assert found
        self.assertTrue(kubernetes_api.patch_secret(found, {"key": "eA=="}))
        self.assertEqual(self.kubernetes.data("one"), {"key": "x"})

    def test_are_named_in_errors(self) -> None:
        self.kubernetes.refuse = "GET"
        with self.assertRaisesRegex(kubernetes_api.Refused, "^Secret one: 403 forbidden$"):
            kubernetes_api.get_secret("one")

    def test_are_encoded_from_files_without_the_hidden_ones_of_kubernetes(self) -> None:
        self.assertEqual(kubernetes_api.decoded(kubernetes_api.encoded("tëxt")), "tëxt")
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "key").write_bytes(b"\xff")
            Path(folder, "..data").mkdir()
            self.assertEqual(kubernetes_api.values_in(Path(folder)), {"key": "/w=="})
