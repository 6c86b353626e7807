"""Tells Kubernetes how the main process is, from before Synapse listens on.

GET /ready: whether it serves, or stands by. GET /alive: whether it serves, or has not come to that yet.
"""

import contextlib
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class MainHealth:
    """Knows how the process is, and answers at a port from `listen` on."""

    def __init__(self, port: int, synapse: int) -> None:
        self._port = port
        self._synapse = f"http://127.0.0.1:{synapse}/health"
        self._stands_by = self._has_served = False

    def listen(self) -> None:
        """Answers as long as the process lives."""
        health = self

        class Handler(BaseHTTPRequestHandler):
            """Answers a probe."""

            #: Seconds for a connection that asks nothing.
            timeout = 5

            def do_GET(self) -> None:
                """Answers one of the two questions."""
                self.send_response(200 if health.answer(self.path) else 503)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Probes are not worth a line."""

        end = time.monotonic() + 5
        while True:
            try:
                # As Synapse's own listeners, only IPv4.
                server = ThreadingHTTPServer(("0.0.0.0", self._port), Handler)
                break
            except OSError:
                # The one before has just ended.
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def answer(self, path: str) -> bool:
        """Returns the answer to a probe."""
        if self._stands_by:
            return True
        serves = self._serves()
        self._has_served |= serves
        return serves or (path == "/alive" and not self._has_served)

    @contextlib.contextmanager
    def standing_by(self, why: str) -> Iterator[None]:
        """Is ready meanwhile, so that the other one may end."""
        print(f"standing by: {why}; this one begins when that has ended", flush=True)
        self._stands_by = True
        try:
            yield
        finally:
            self._stands_by = False

    def _serves(self) -> bool:
        try:
            # The probe waits for five seconds.
            with urllib.request.urlopen(self._synapse, timeout=4):
                return True
        except OSError:
            return False
