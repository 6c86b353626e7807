import contextlib
import io
import json
import unittest
from typing import Any

from twisted.internet.testing import StringTransport
from twisted.web.server import Site

import tokens
from call_case import SECRET, Calls, sfu_body
from server import HUGE, LARGEST, Request, Root


class Transport(StringTransport):  # type: ignore[misc]
    """A connection that can be cut."""

    aborted = False

    def abortConnection(self) -> None:  # noqa: N802
        self.aborted = True

    def resumeProducing(self) -> None:  # noqa: N802
        pass


class ServerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.calls = Calls()
        calls = self.calls
        self.site = Site(Root(calls.service, calls.sweep, calls.livekit, calls.metrics, 1), requestFactory=Request)
        self.site.log = lambda _: None
        self.said = io.StringIO()
        self.enterContext(contextlib.redirect_stdout(self.said))

    def send(
        self, method: str, path: str, body: bytes = b"", chunked: bool = False, **headers: str
    ) -> tuple[int, str, Any]:
        """Returns the status, the headers and the JSON of the answer."""
        channel, transport = self.site.buildProtocol(None), Transport()
        channel.makeConnection(transport)
        size = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}"
        fields = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        sent = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if chunked else body
        channel.dataReceived(f"{method} {path} HTTP/1.1\r\nHost: x\r\n{fields}{size}\r\n\r\n".encode() + sent)
        head, _, rest = transport.value().partition(b"\r\n\r\n")
        channel.connectionLost(None)
        if transport.aborted:
            return 0, "", None
        start = rest.find(b"{")
        answer = json.loads(rest[start : rest.rfind(b"}") + 1]) if start >= 0 else None
        return int(head.split()[1]), head.decode(), answer

    def test_answers_under_all_paths(self) -> None:
        for prefix in ("", "/livekit/jwt", "/api/livekit/token"):
            status, head, answer = self.send("POST", f"{prefix}/sfu/get", sfu_body())
            self.assertEqual((status, sorted(answer)), (200, ["jwt", "url"]))
            self.assertIn("Access-Control-Allow-Origin: *", head)
        self.assertNotIn(answer["jwt"], self.said.getvalue())
        self.assertNotIn("anna", self.said.getvalue())

    def test_says_that_it_is_there(self) -> None:
        for path in ("/health", "/healthz", "/livekit/jwt/health"):
            self.assertEqual(self.send("GET", path)[0], 200)

    def test_answers_the_questions_of_browsers_about_other_origins(self) -> None:
        status, head, _ = self.send("OPTIONS", "/sfu/get")
        self.assertEqual(status, 200)
        self.assertIn("Access-Control-Allow-Methods: POST, OPTIONS", head)

    def test_refuses_other_methods_and_paths_with_errors_of_matrix(self) -> None:
        for method, path, status in (("GET", "/sfu/get", 405), ("PUT", "/get_token", 405), ("POST", "/other", 404)):
            got, head, answer = self.send(method, path)
            self.assertEqual((got, answer["errcode"]), (status, "M_UNRECOGNIZED"))
            self.assertIn("Access-Control-Allow-Origin: *", head)

    def test_refuses_large_bodies_announced_or_not(self) -> None:
        for chunked in (False, True):
            status, _, answer = self.send("POST", "/sfu/get", b"x" * (LARGEST + 1), chunked)
            self.assertEqual((status, answer["errcode"]), (413, "M_TOO_LARGE"))
            self.assertEqual(self.send("POST", "/sfu/get", b"x" * (HUGE + 1), chunked)[0], 0)
        self.assertEqual(self.send("POST", "/sfu/get", b"x" * LARGEST)[0], 400)

    def test_says_nothing_of_what_is_inside_when_it_cannot_answer(self) -> None:
        self.calls.web.status = 502
        status, _, answer = self.send("POST", "/sfu/get", sfu_body())
        self.assertEqual((status, answer["errcode"]), (500, "M_UNKNOWN"))
        self.assertNotIn("userinfo", json.dumps(answer))
        self.assertIn("userinfo", self.said.getvalue())

    def test_counts_by_the_address_that_the_last_proxy_noted(self) -> None:
        for number in range(121):
            status, _, _ = self.send("POST", "/sfu/get", b"", X_Forwarded_For=f"203.0.113.{number}, 192.0.2.1")
        self.assertEqual(status, 429)
        self.assertEqual(self.send("POST", "/sfu/get", b"", X_Forwarded_For="192.0.2.1, 192.0.2.2")[0], 400)

    def test_tells_the_edge_who_may_connect(self) -> None:
        jwt = self.send("POST", "/sfu/get", sfu_body())[2]["jwt"]
        self.said.truncate(0)
        self.assertEqual(self.send("GET", "/admission", Authorization=f"Bearer {jwt}")[0], 200)
        self.assertEqual(self.said.getvalue(), "")
        self.assertEqual(self.send("GET", "/admission", Authorization=f"Bearer {jwt}x")[0], 401)
        self.assertEqual(self.send("GET", "/admission")[0], 401)
        self.assertEqual(self.send("POST", "/admission", Authorization=f"Bearer {jwt}")[0], 405)
        self.calls.web.members.clear()
        self.assertEqual(self.send("GET", "/admission", Authorization=f"Bearer {jwt}")[0], 403)
        self.assertNotIn(jwt, self.said.getvalue())

    def test_takes_only_signed_webhooks(self) -> None:
        self.assertEqual(self.send("POST", "/sfu_webhook", b"{}")[0], 401)
        self.assertIn("the signature is wrong", self.said.getvalue())
        token = tokens.signed({"sha256": "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o="}, "key", SECRET, 60)
        self.assertEqual(self.send("POST", "/sfu_webhook", b"{}", Authorization=token)[0], 200)
