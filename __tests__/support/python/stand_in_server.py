"""A server of this test process, which answers as a function says."""

import contextlib
import http.server
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Any

#: (method, path, body, token) to (status, answer). A body that is not JSON comes as bytes.
Answer = Callable[[str, str, Any, str], tuple[int, Any]]


@contextlib.contextmanager
def serving(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The URL of the server while it is there."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self) -> None:
            text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            is_file = self.headers.get("Content-Type") == "application/octet-stream"
            body = text if is_file else json.loads(text) if text else None
            status, said = answer(self.command, self.path, body, token)
            plain = isinstance(said, bytes)
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if plain else "application/json")
            self.end_headers()
            self.wfile.write(said if plain else json.dumps(said).encode())

        do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
