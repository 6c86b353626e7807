import socket
import unittest
import urllib.request

from prometheus_client import CollectorRegistry

from step_metrics import MEANINGS, StepMetrics


class StepMetricsTest(unittest.TestCase):
    def test_serves_what_the_documentation_lists_and_nothing_else(self) -> None:
        metrics = StepMetrics(CollectorRegistry())
        metrics.expect(["send"])
        metrics.round_ended()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        metrics.serve(port)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            text = answer.read().decode()
        families = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
        # Counters are named without their suffix in no version that Synapse brings.
        self.assertEqual(families, set(MEANINGS))
        self.assertIn('matrix_synthetic_steps_total{result="failure",step="send"} 0.0', text)
        self.assertIn('matrix_synthetic_step_seconds_bucket{le="2.5",step="send"} 0.0', text)
