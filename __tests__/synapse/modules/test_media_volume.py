import asyncio
import sys
import unittest
from types import SimpleNamespace
from typing import Any
from unittest import mock


class Gauge:
    """A stand-in for prometheus_client's."""

    def __init__(self, name: str, _help: str) -> None:
        self.name = name

    def set_function(self, function: Any) -> None:
        self.value = function


with mock.patch.dict(sys.modules, {"prometheus_client": SimpleNamespace(Gauge=Gauge)}):
    import media_volume


class MediaVolume(unittest.TestCase):
    def setUp(self) -> None:
        self.disk = SimpleNamespace(free=100 << 20, total=1000 << 20)
        self.enterContext(mock.patch.object(media_volume.shutil, "disk_usage", return_value=self.disk))
        self.api = mock.Mock(worker_app=None)
        self.module = media_volume.MediaVolume({}, self.api)

    def test_has_metrics(self) -> None:
        gauges: Any = (media_volume.FREE, media_volume.SIZE)
        values = {gauge.name: gauge.value() for gauge in gauges}
        expected = {"matrix_media_volume_free_bytes": 100 << 20, "matrix_media_volume_size_bytes": 1000 << 20}
        self.assertEqual(values, expected)

    def test_is_silent_in_a_worker_which_has_no_claim(self) -> None:
        api = mock.Mock(worker_app="synapse.app.generic_worker")
        media_volume.MediaVolume({}, api)
        api.looping_background_call.assert_not_called()

    def test_warns_every_hour_while_there_is_little_room(self) -> None:
        self.api.looping_background_call.assert_called_once_with(self.module.look, 3600_000, run_on_all_instances=True)
        with self.assertNoLogs():
            asyncio.run(self.module.look())
        self.disk.free -= 1 << 20
        with self.assertLogs(level="WARNING") as logs:
            asyncio.run(self.module.look())
        self.assertIn("the claim of the media has only 99 MiB of 1000 MiB left: see docs/how-to/grow", logs.output[0])
