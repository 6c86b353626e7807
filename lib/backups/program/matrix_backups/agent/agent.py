"""`agent`: uploads WAL to the repository, and watches backups and drills.

It reports problems at /metrics, at /ready (its pod is then not ready), and in its output.
"""

import http.server
import os
import signal
import threading
from typing import Any

import volume
from matrix_backups import metrics
from matrix_backups.mounts import BACKUP, ESCROWED
from matrix_backups.room import volumes
from matrix_backups.settings import Settings
from matrix_backups.uploader import Uploader
from matrix_backups.watcher import Watcher


def run(settings: Settings) -> None:
    """Serves until the container is stopped."""
    volume.check(BACKUP)
    # The first process of a container ignores signals that it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    agent = Agent(settings)
    agent.start()
    http.server.ThreadingHTTPServer(("", settings.agent_port), agent.handler()).serve_forever()


class Agent:
    """The threads and what they report. No WAL is uploaded or checked when the database is managed elsewhere."""

    def __init__(self, settings: Settings) -> None:
        self._uploader = self._archiver = None
        if settings.database:
            from matrix_backups.archiver import Archiver

            self._uploader, self._archiver = Uploader(settings), Archiver(settings)
        self.watcher = Watcher(settings, self._uploader, self._archiver.look if self._archiver else None)
        work = [self.watcher.watch_for_ever, *([self._uploader.upload_for_ever] if self._uploader else [])]
        self._threads = [threading.Thread(target=one, daemon=True) for one in work]

    def start(self) -> None:
        """Starts to watch and to upload."""
        for one in self._threads:
            one.start()

    def answer(self, path: str) -> tuple[int, str]:
        """The answer at a path: (status, text)."""
        if path == "/metrics":
            return 200, self.exposition()
        if path == "/ready":
            problems = self.watcher.problems
            return (503 if problems else 200), "\n".join(problems.values()) or "all is well"
        if path == "/alive":
            return (200 if all(thread.is_alive() for thread in self._threads) else 500), ""
        return 404, ""

    def exposition(self) -> str:
        """All metrics."""
        names = {"backups": "backup_volume", "database": "database_volume"}
        room = "".join(
            metrics.lines(names[claim], {"free_bytes": free, "size_bytes": size})
            for claim, (free, size) in volumes().items()
        )
        problems = "".join(
            f'matrix_backup_problem{{part="{part}"}} {int(part in self.watcher.problems)}\n'
            for part in self.watcher.parts
        )
        return "".join(
            (
                f"{metrics.header('matrix_backup_problem')}{problems}",
                self._of_wal(),
                room,
                metrics.lines("backup_password", {"escrowed": int(ESCROWED.exists())}),
                metrics.everything(),
            )
        )

    def _of_wal(self) -> str:
        if not self._uploader or not self._archiver:
            return ""
        mine = {
            "recovery_point_seconds": self._uploader.recovery_point(),
            "unshipped_seconds": self._uploader.waiting_seconds(),
        }
        return metrics.lines("log", {**mine, **self._archiver.values})

    def handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        """The class that http.server calls for each request."""
        answer = self.answer

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802, the name that http.server calls
                status, text = answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: Any) -> None:
                """Writes nothing: probes and scrapes come every few seconds."""

        return Handler
