"""What the service measures, as Prometheus reads it, and its log."""

import json
import time
from typing import Any

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    start_http_server,
)

#: Bounds in seconds, up to the time at which a client gives up.
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
RESULTS = ("granted", "refused", "failed")
#: Every reason for which a request is refused.
REASONS = (
    *("body", "size", "path", "server", "openid", "claimed_user", "replay", "membership", "device", "token"),
    *(f"limit_{name}" for name in ("address", "token", "user", "room", "visit")),
)
MEANINGS = {
    "matrix_call_token_requests_total": "requests, by path and result: granted, refused or failed",
    "matrix_call_token_refusals_total": "refused requests, by reason",
    "matrix_call_token_seconds": "duration of the requests that were granted, by path",
    "matrix_call_token_removals_total": "participants that were removed because they are not in the room",
    "matrix_call_token_leaves_total": "memberships of calls that were ended, by result: sent or failed",
    "matrix_call_token_last_sweep_timestamp_seconds": "time at which all participants were last looked at",
}


class ServiceMetrics:
    """Counts. All series are there from the start, so that no first failure is missed."""

    def __init__(self, paths: list[str], registry: CollectorRegistry = REGISTRY) -> None:
        self._registry = registry
        disable_created_metrics()  # type: ignore[no-untyped-call]
        requests, refusals, seconds, removals, leaves, last = MEANINGS

        def counter(name: str, *labels: str) -> Counter:
            # The client adds the suffix itself.
            return Counter(name.removesuffix("_total"), MEANINGS[name], labels, registry=registry)

        self._requests = counter(requests, "path", "result")
        self._refusals = counter(refusals, "reason")
        self._seconds = Histogram(seconds, MEANINGS[seconds], ["path"], buckets=BUCKETS, registry=registry)
        self._removals = counter(removals)
        self._leaves = counter(leaves, "result")
        self._swept = Gauge(last, MEANINGS[last], registry=registry)
        for path in paths:
            self._seconds.labels(path)
            for result in RESULTS:
                self._requests.labels(path, result)
        for reason in REASONS:
            self._refusals.labels(reason)
        for result in ("sent", "failed"):
            self._leaves.labels(result)

    def serve(self, port: int) -> None:
        """Serves them in a thread."""
        start_http_server(port, registry=self._registry)

    def answered(self, path: str, result: str, seconds: float) -> None:
        """Notes a request."""
        self._requests.labels(path, result).inc()
        if result == "granted":
            self._seconds.labels(path).observe(seconds)

    def refused(self, reason: str) -> None:
        """Notes why a request was refused."""
        self._refusals.labels(reason).inc()

    def removed(self) -> None:
        """Notes that a participant was removed."""
        self._removals.inc()

    def leave(self, result: str) -> None:
        """Notes that a membership was ended, or could not be."""
        self._leaves.labels(result).inc()

    def swept(self) -> None:
        """Notes that everyone was looked at."""
        self._swept.set_to_current_time()


def say(event: str, **about: Any) -> None:
    """Writes a line of the log. Never a token, a user or the ID of a Matrix room."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    print(json.dumps({"time": now, "event": event, **about}), flush=True)
