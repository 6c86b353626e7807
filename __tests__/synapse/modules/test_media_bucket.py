import asyncio
import importlib.metadata
import sys
import tempfile
import unittest
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import prometheus_client

import s3_login


class Config:
    """A stand-in for botocore's."""

    def __init__(self, **options: Any) -> None:
        self.options = options

    def merge(self, other: "Config") -> "Config":
        return Config(**self.options, **other.options)


class Backend:
    """A stand-in for the library's provider. A path is what happens."""

    def __init__(self, _server: Any, config: dict[str, Any]) -> None:
        self.api_kwargs: dict[str, Any] = {"config": Config(checksums="few"), **config}

    async def store_file(self, path: str, _info: Any) -> None:
        if path == "refused":
            raise ConnectionError

    async def fetch(self, path: str, info: Any) -> Any:
        await Backend.store_file(self, path, info)
        return None if path == "missing" else path


class Waiting:
    """A stand-in for Twisted's Deferred."""

    called = False
    failure: Any = None

    def callback(self, _: Any) -> None:
        self.called = True

    def errback(self, failure: Any) -> None:
        self.called, self.failure = True, failure


def library() -> ModuleType:
    """A stand-in for the library. A key is what happens."""
    module: Any = ModuleType("s3_storage_provider")
    module.S3StorageProviderBackend = Backend

    def task(_client: Any, _bucket: str, key: str, _extra: Any, waiting: Waiting) -> None:
        if key == "half":
            waiting.callback(None)
        if key != "whole":
            raise ConnectionError("the store is away")

    module.s3_download_task = task
    return module


class MediaBucket(unittest.TestCase):
    def setUp(self) -> None:
        self.library: Any = library()
        self.count = mock.Mock()
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name in ("access_key_id", "secret_access_key"):
            (folder / f"media_{name}").write_text(f" {name}\n", encoding="utf-8")
        self.folder = folder
        botocore = {"botocore": mock.Mock(), "botocore.config": SimpleNamespace(Config=Config)}
        self.enterContext(mock.patch.dict(sys.modules, botocore))

    def module(self, version: str = "1.7.0", **stand_ins: Any) -> Any:
        with (
            mock.patch.dict(sys.modules, {"s3_storage_provider": self.library, **stand_ins}),
            mock.patch.object(importlib.metadata, "version", return_value=version),
            mock.patch.object(prometheus_client, "Counter", return_value=self.count),
        ):
            sys.modules.pop("media_bucket", None)
            found: Any = importlib.import_module("media_bucket")
            sys.modules.pop("media_bucket", None)
        found.SECRETS = self.folder
        return found

    def test_logs_in_with_the_secrets_and_does_not_wait_for_minutes(self) -> None:
        bucket = self.module().MediaBucket(None, {"endpoint_url": "https://s3.example.org"})
        options = {**bucket.api_kwargs}
        self.assertEqual(
            options.pop("config").options, {"checksums": "few", **s3_login.options().options, **self.module().LIMITS}
        )
        self.assertEqual(
            options,
            {
                "endpoint_url": "https://s3.example.org",
                "aws_access_key_id": "access_key_id",
                "aws_secret_access_key": "secret_access_key",
            },
        )

    def test_trusts_a_private_ca(self) -> None:
        (self.folder / "media_ca.crt").touch()
        self.assertEqual(self.module().MediaBucket(None, {}).api_kwargs["verify"], str(self.folder / "media_ca.crt"))

    def test_is_loaded_without_keys_by_a_worker_that_stores_no_media(self) -> None:
        for file in self.folder.iterdir():
            file.unlink()
        self.assertEqual(list(self.module().MediaBucket(None, {}).api_kwargs), ["config"])

    def test_counts_what_fails_and_nothing_else(self) -> None:
        module = self.module()
        bucket = module.MediaBucket(None, {})
        asyncio.run(bucket.store_file("taken", None))
        self.assertEqual(asyncio.run(bucket.fetch("found", None)), "found")
        self.assertIsNone(asyncio.run(bucket.fetch("missing", None)))
        self.count.labels.return_value.inc.assert_not_called()
        for operation, ask in (("store", bucket.store_file), ("fetch", bucket.fetch)):
            with self.assertRaises(ConnectionError), self.assertLogs(level="WARNING") as logs:
                asyncio.run(ask("refused", None))
            self.count.labels.assert_called_with(operation)
            self.assertIn(f"failed to {operation} a file: ConnectionError", logs.output[0])
        self.assertEqual(self.count.labels.return_value.inc.call_count, 2)

    def test_tells_a_download_that_the_store_is_away(self) -> None:
        module = self.module()
        with mock.patch.object(module, "reactor", SimpleNamespace(callFromThread=lambda call: call())):
            for key, told in (("whole", None), ("away", "the store is away"), ("half", None)):
                with self.subTest(key):
                    waiting = Waiting()
                    self.library.s3_download_task(None, "bucket", key, {}, waiting)
                    self.assertEqual(waiting.failure and waiting.failure.getErrorMessage(), told)

    def test_names_the_remedy_when_the_image_lacks_the_library_or_has_another(self) -> None:
        with self.assertRaisesRegex(ImportError, "no S3 library .*docs/how-to/media-in-s3.md"):
            self.module(s3_storage_provider=None)
        for other in ("1.6.1", "1.8.0"):
            message = f"version {other} of the S3 library: build an image with synapse-s3-storage-provider 1.7.0"
            with self.subTest(other), self.assertRaisesRegex(ImportError, message):
                self.module(version=other)
