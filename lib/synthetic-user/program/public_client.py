"""A client of the public addresses, which takes the path that people's clients take, with only the standard library."""

import contextlib
import http.client
import json
import socket
import ssl
import urllib.parse
from pathlib import Path
from typing import Any

#: Seconds after which a request has failed. The proxies hold requests for 20 while Synapse restarts.
PATIENCE = 25


class Failed(Exception):
    """A request or a check did not succeed."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        #: Matrix's code of the error, such as M_UNKNOWN_TOKEN.
        self.code = code


class PublicClient:
    """Sends each request on a connection of its own, so that an outage of a proxy or a new certificate is noticed.

    `address` is the host and port to connect to instead of those of the URL; the certificate must be that of the URL.
    """

    def __init__(self, address: str | None = None, ca_file: Path | None = None) -> None:
        self._address = address
        self._tls = ssl.create_default_context()
        if ca_file:
            self._tls.load_verify_locations(ca_file)
            # Python 3.13 requires certificate extensions that many private CAs lack.
            self._tls.verify_flags &= ~ssl.VERIFY_X509_STRICT

    def ask(self, method: str, url: str, body: Any = None, token: str | None = None, patience: float = PATIENCE) -> Any:
        """Sends JSON or bytes, and returns the JSON or the bytes of the answer. Fails unless its status is 200."""
        parts = urllib.parse.urlsplit(url)
        is_file = isinstance(body, bytes)
        headers = {"User-Agent": "matrix-synthetic-user", "Content-Type": "application/json"}
        if is_file:
            headers["Content-Type"] = "application/octet-stream"
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = body if is_file or body is None else json.dumps(body).encode()
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        try:
            with contextlib.closing(self._connection(parts, patience)) as connection:
                connection.request(method, path, data, headers)
                answer = connection.getresponse()
                return _content(answer.status, answer.headers.get_content_type(), answer.read())
        except (OSError, http.client.HTTPException) as problem:
            raise Failed(f"{type(problem).__name__}: {problem}") from None

    def _connection(self, url: urllib.parse.SplitResult, patience: float) -> http.client.HTTPConnection:
        host, port = url.hostname or "", url.port or (443 if url.scheme == "https" else 80)
        connection: http.client.HTTPConnection
        if url.scheme == "https":
            connection = http.client.HTTPSConnection(host, port, timeout=patience, context=self._tls)
        else:
            connection = http.client.HTTPConnection(host, port, timeout=patience)
        if self._address:
            other = urllib.parse.urlsplit(f"//{self._address}")
            raw = socket.create_connection((other.hostname or "", other.port or port), patience)
            # A connection that has a socket does not open another one. This closes it when the certificate is wrong.
            connection.sock = self._tls.wrap_socket(raw, server_hostname=host) if url.scheme == "https" else raw
        return connection


def _content(status: int, kind: str, content: bytes) -> Any:
    said: Any = content
    if kind == "application/json":
        try:
            said = json.loads(content)
        except ValueError:
            raise Failed(f"{status} with JSON that cannot be read") from None
    if status != 200:
        code = str(said.get("errcode", "")) if isinstance(said, dict) else ""
        # Not the text of the error: that may come from anywhere.
        raise Failed(f"{status} {code}".strip(), code)
    return said
