import unittest

from prometheus_client import CollectorRegistry

from service_metrics import MEANINGS, REASONS, ServiceMetrics


class ServiceMetricsTest(unittest.TestCase):
    def test_has_all_series_from_the_start(self) -> None:
        registry = CollectorRegistry()
        ServiceMetrics(["/sfu/get"], registry)
        samples = {one.name for family in registry.collect() for one in family.samples}
        self.assertLessEqual({name for name in MEANINGS if not name.endswith("_seconds")}, samples)
        for reason in REASONS:
            self.assertEqual(registry.get_sample_value("matrix_call_token_refusals_total", {"reason": reason}), 0)

    def test_times_only_what_was_granted(self) -> None:
        registry = CollectorRegistry()
        metrics = ServiceMetrics(["/sfu/get"], registry)
        metrics.answered("/sfu/get", "granted", 0.1)
        metrics.answered("/sfu/get", "failed", 5)
        self.assertEqual(registry.get_sample_value("matrix_call_token_seconds_count", {"path": "/sfu/get"}), 1)
        labels = {"path": "/sfu/get", "result": "failed"}
        self.assertEqual(registry.get_sample_value("matrix_call_token_requests_total", labels), 1)
