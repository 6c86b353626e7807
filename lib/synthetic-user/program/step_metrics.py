"""What the synthetic user measures, as Prometheus reads it."""

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    start_http_server,
)

#: Bounds in seconds, from too short to notice to the time at which clients give up. Alerts use 1 and 2.5 seconds.
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)

#: Also the table of docs/reference/metrics.md: `npm run docs` writes it.
MEANINGS = {
    "matrix_synthetic_steps_total": "steps that were tried, by step and result: success or failure",
    "matrix_synthetic_step_seconds": "duration of the steps that succeeded; of deliver, from one account to the other",
    "matrix_synthetic_last_round_timestamp_seconds": "time at which the last round ended",
}


class StepMetrics:
    """Counts the steps and their durations. Expected steps have series at once, so that no first failure is missed."""

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        self._registry = registry
        disable_created_metrics()  # type: ignore[no-untyped-call]
        # The client adds the suffix itself.
        counted, timed, ended = MEANINGS
        self._steps = Counter(counted.removesuffix("_total"), MEANINGS[counted], ["step", "result"], registry=registry)
        self._seconds = Histogram(timed, MEANINGS[timed], ["step"], buckets=BUCKETS, registry=registry)
        self._round = Gauge(ended, MEANINGS[ended], registry=registry)

    def expect(self, steps: list[str]) -> None:
        """Makes the series of these steps."""
        for step in steps:
            self._seconds.labels(step)
            for result in ("success", "failure"):
                self._steps.labels(step, result)

    def serve(self, port: int) -> None:
        """Serves them in a thread."""
        start_http_server(port, registry=self._registry)

    def succeeded(self, step: str, seconds: float) -> None:
        """Notes a step that succeeded, and how long it took."""
        self._steps.labels(step, "success").inc()
        self._seconds.labels(step).observe(seconds)

    def failed(self, step: str) -> None:
        """Notes a step that failed."""
        self._steps.labels(step, "failure").inc()

    def round_ended(self) -> None:
        """Notes that a round has ended, whatever became of its steps."""
        self._round.set_to_current_time()
