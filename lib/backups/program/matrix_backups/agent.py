"""Ships log to the repository, watches over backups and drills, and tells: at /metrics, by not being ready, and in its log.

Environment: that of shipper.py and watcher.py, and PORT.
"""
import http.server
import os
import shutil
import signal
import threading

import metrics
import repository
from shipper import Shipper
from watcher import OWN_PARTS, PARTS, Watcher

SHIPPER = Shipper()
WATCHER = Watcher(SHIPPER)


def exposition():
    archived, failed, last_archived = WATCHER.archiver[:3]
    disk = shutil.disk_usage(repository.BACKUP)
    problems = "".join(f'matrix_backup_problem{{part="{part}"}} {int(part in WATCHER.problems)}\n' for part in (*OWN_PARTS, *PARTS))
    return "".join((
        f"# TYPE matrix_backup_problem gauge\n{problems}",
        metrics.lines("log", {
            "recovery_point_seconds": SHIPPER.recovery_point(), "unshipped_seconds": SHIPPER.unshipped_seconds(),
            "archived_files": archived, "archive_failures": failed, "last_archived_timestamp_seconds": last_archived}),
        metrics.lines("backup_volume", {"free_bytes": disk.free, "size_bytes": disk.total}),
        metrics.lines("backup_password", {"escrowed": int(os.path.exists("/password/escrowed"))}),
        metrics.everything()))


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802, the name that http.server calls
        if self.path == "/metrics":
            status, text = 200, exposition()
        elif self.path == "/ready":
            status, text = (503 if WATCHER.problems else 200), "\n".join(WATCHER.problems.values()) or "all is well"
        elif self.path == "/alive":
            status, text = (200 if all(thread.is_alive() for thread in THREADS) else 500), ""
        else:
            status, text = 404, ""
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        """Probes and scrapes are not worth a line."""


# The first process of a container is not ended by a signal that it does not handle.
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
THREADS = [threading.Thread(target=work, daemon=True) for work in (WATCHER.watch_for_ever, SHIPPER.ship_for_ever)]
for one in THREADS:
    one.start()
http.server.ThreadingHTTPServer(("", int(os.environ["PORT"])), Handler).serve_forever()
