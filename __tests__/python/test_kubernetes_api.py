import contextlib
import io
import os
import ssl
import unittest
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
