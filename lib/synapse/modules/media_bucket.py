"""Stores the media in a bucket: synapse-s3-storage-provider, with credentials from files and an end to its waiting.

By itself that never answers a download while the store is away, and an upload only after minutes.
https://github.com/matrix-org/synapse-s3-storage-provider
"""

import contextlib
import logging
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from prometheus_client import Counter
from twisted.internet import reactor
from twisted.python.failure import Failure

import s3_login

try:
    import s3_storage_provider as library

    found = version("synapse-s3-storage-provider")
except ImportError as problem:
    raise ImportError(f"this image has no S3 library ({problem}): {s3_login.REMEDY}") from problem
# What is replaced below has other arguments in others: a download would never end.
if found != s3_login.VERSION:
    raise ImportError(f"this image has version {found} of the S3 library: {s3_login.REMEDY}")

SECRETS = Path("/secrets")
#: Seconds. Two attempts at a store that loses packets end before people give up, and before the proxy does.
LIMITS = {"connect_timeout": 3, "read_timeout": 30, "retries": {"mode": "standard", "total_max_attempts": 2}}
FAILURES = Counter("matrix_media_bucket_failures", "files that the bucket did not take or give", ["operation"])
for each in ("store", "fetch"):
    # So that the series begin with 0.
    FAILURES.labels(each)
logger = logging.getLogger(__name__)


@contextlib.contextmanager
def counted(operation: str) -> Iterator[None]:
    """Counts what fails."""
    try:
        yield
    except Exception as problem:
        FAILURES.labels(operation).inc()
        logger.warning("the bucket of the media failed to %s a file: %s", operation, type(problem).__name__)
        raise


def told(download: Any) -> Any:
    """The library's way to fetch, which also tells the waiting download of a failed connection."""

    def task(client: Any, bucket: str, key: str, extra: Any, waiting: Any) -> None:
        try:
            download(client, bucket, key, extra, waiting)
        except Exception:
            failure = Failure()
            reactor.callFromThread(lambda: None if waiting.called else waiting.errback(failure))

    return task


library.s3_download_task = told(library.s3_download_task)


class MediaBucket(library.S3StorageProviderBackend):  # type: ignore[misc]
    """Loaded by the setting `media_storage_providers`."""

    def __init__(self, server: Any, config: dict[str, Any]) -> None:
        super().__init__(server, config)
        self.api_kwargs["config"] = self.api_kwargs["config"].merge(s3_login.options(**LIMITS))
        # Workers that store no media load this as well, and have no keys.
        if (SECRETS / s3_login.ACCESS_KEY).exists():
            self.api_kwargs |= s3_login.secrets(SECRETS)

    async def store_file(self, path: str, file_info: Any) -> None:
        """Puts a file into the bucket, before its upload is answered."""
        with counted("store"):
            await super().store_file(path, file_info)

    async def fetch(self, path: str, file_info: Any) -> Any:
        """Gets a file that is not on the claim. None when the bucket does not have it."""
        with counted("fetch"):
            return await super().fetch(path, file_info)
