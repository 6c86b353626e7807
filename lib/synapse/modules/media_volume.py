"""A Synapse module: metrics of the claim with the media, and a warning in the log when it fills.

https://element-hq.github.io/synapse/latest/modules/index.html
"""

import logging
import shutil
from typing import Any

from prometheus_client import Gauge

FOLDER = "/data"
#: Share of the room that is free, below which the log warns.
LEAST = 0.1
HOUR = 3600_000
FREE = Gauge("matrix_media_volume_free_bytes", "free room on the claim of the media")
SIZE = Gauge("matrix_media_volume_size_bytes", "size of the claim of the media")
logger = logging.getLogger(__name__)


class MediaVolume:
    """Loaded by the setting `modules`."""

    def __init__(self, _config: Any, api: Any) -> None:
        # Only the main process always has the claim.
        if api.worker_app:
            return
        FREE.set_function(lambda: shutil.disk_usage(FOLDER).free)
        SIZE.set_function(lambda: shutil.disk_usage(FOLDER).total)
        api.looping_background_call(self.look, HOUR, run_on_all_instances=True)

    async def look(self) -> None:
        """Warns when there is little room."""
        disk = shutil.disk_usage(FOLDER)
        if disk.free < disk.total * LEAST:
            logger.warning(
                "the claim of the media has only %d MiB of %d MiB left: see docs/how-to/grow-a-claim.md",
                disk.free >> 20,
                disk.total >> 20,
            )
