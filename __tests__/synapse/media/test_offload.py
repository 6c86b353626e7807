import contextlib
import io
import json
import os
import re
import tempfile
import time
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import offload

HOUR, DAY = 3600, 86_400


class ClientError(Exception):
    """As botocore's."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the store says {code}")
        self.response = {"Error": {"Code": code}}


class Bucket:
    """A stand-in for boto3's client, which holds the sizes of objects."""

    exceptions = SimpleNamespace(ClientError=ClientError)

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}
        self.uploads: list[dict[str, Any]] = []
        self.refuses: str | None = None
        self.keeps = True

    def head_object(self, **asked: Any) -> dict[str, int]:
        assert asked["Bucket"] == "media"
        if self.refuses:
            raise ClientError(self.refuses)
        if asked["Key"] not in self.sizes:
            raise ClientError("404")
        return {"ContentLength": self.sizes[asked["Key"]]}

    def upload_file(self, **asked: Any) -> None:
        self.uploads.append(asked)
        if self.keeps:
            self.sizes[asked["Key"]] = Path(asked["Filename"]).stat().st_size


class OffloadCase(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.bucket = Bucket()
        self.settings = {
            "store": str(self.folder / "media_store"),
            "address": "s3:https://s3.example.org/media/matrix",
            "bucket": "media",
            "prefix": "matrix/",
            "endpoint_url": "https://s3.example.org",
            "storage_class": "STANDARD_IA",
            "secretsFolder": str(self.folder),
            "keepFor": 7 * DAY,
        }

    def file(self, name: str, age: float, content: str = "content") -> Path:
        path = self.folder / "media_store" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        os.utime(path, (time.time() - age, time.time() - age))
        return path

    def run_it(self) -> str:
        file = self.folder / "settings.json"
        file.write_text(json.dumps(self.settings), encoding="utf-8")
        said = io.StringIO()
        with contextlib.redirect_stdout(said), mock.patch.object(offload, "connect", return_value=self.bucket):
            offload.main([str(file)])
        return said.getvalue()

    def problem(self) -> str:
        with self.assertRaises(SystemExit) as caught:
            self.run_it()
        return str(caught.exception)

    def note(self) -> str:
        path = self.folder / "media-in-bucket"
        return path.read_text(encoding="utf-8") if path.exists() else ""


class OffloadTest(OffloadCase):
    def test_removes_an_old_file_that_the_bucket_has(self) -> None:
        old, recent = (self.file(f"local_content/aa/bb/{days}", days * DAY) for days in (8, 6))
        self.bucket.sizes = {f"matrix/local_content/aa/bb/{days}": 7 for days in (8, 6)}
        self.assertEqual(self.run_it(), "offload: 0 stored, 1 removed, 1 kept, 0 different\n")
        self.assertEqual((old.exists(), recent.exists(), self.bucket.uploads), (False, True, []))

    def test_gives_the_bucket_first_what_it_lacks(self) -> None:
        old, recent = self.file("local_thumbnails/old", 8 * DAY), self.file("remote_content/new", 2 * HOUR)
        self.assertEqual(self.run_it(), "offload: 2 stored, 1 removed, 1 kept, 0 different\n")
        self.assertEqual((old.exists(), recent.exists()), (False, True))
        self.assertEqual(self.bucket.sizes, {"matrix/local_thumbnails/old": 7, "matrix/remote_content/new": 7})
        self.assertEqual(self.bucket.uploads[0]["ExtraArgs"], {"StorageClass": "STANDARD_IA"})

    def test_keeps_a_file_that_the_bucket_took_but_does_not_have(self) -> None:
        old = self.file("local_content/old", 8 * DAY)
        self.bucket.keeps = False
        self.assertIn("1 files differ from the bucket, and stay", self.problem())
        self.assertTrue(old.exists())

    def test_touches_neither_side_when_they_differ(self) -> None:
        old = self.file("local_content/old", 8 * DAY)
        self.bucket.sizes = {"matrix/local_content/old": 3}
        self.assertIn("see docs/how-to/media-in-s3.md", self.problem())
        self.assertEqual((old.exists(), self.bucket.uploads), (True, []))

    def test_leaves_what_may_still_be_written_links_and_other_folders(self) -> None:
        new = self.file("local_content/new", HOUR / 2)
        preview = self.file("url_cache/old", 90 * DAY)
        link = self.folder / "media_store/local_content/link"
        link.symlink_to(preview)
        self.assertEqual(self.run_it(), "offload: 0 stored, 0 removed, 2 kept, 0 different\n")
        self.assertTrue(new.exists() and preview.exists() and link.is_symlink())

    def test_removes_nothing_and_fails_when_the_bucket_refuses(self) -> None:
        old = self.file("local_content/old", 8 * DAY)
        self.bucket.refuses = "403"
        self.assertEqual(
            self.problem(),
            "offload: the bucket 'media' at https://s3.example.org refuses: the store says 403",
        )
        self.assertTrue(old.exists())

    def test_looks_at_more_files_than_it_holds_at_a_time(self) -> None:
        for number in range(300):
            self.file(f"local_content/{number}", 8 * DAY)
        self.assertIn("300 stored, 300 removed", self.run_it())

    def test_ignores_a_file_that_was_deleted_meanwhile(self) -> None:
        self.file("local_content/gone", 8 * DAY)
        self.bucket.upload_file = mock.Mock(side_effect=FileNotFoundError)  # type: ignore[method-assign]
        self.assertEqual(self.run_it(), "offload: 0 stored, 0 removed, 0 kept, 0 different\n")

    def test_works_before_there_are_media(self) -> None:
        self.assertIn("0 stored", self.run_it())

    def test_names_the_remedy_when_the_image_has_no_library(self) -> None:
        with mock.patch.object(offload, "Offload", side_effect=ImportError):
            self.assertRegex(self.problem(), "^offload: this image has no boto3: .*docs/how-to/media-in-s3.md")

    def test_keeps_a_file_that_is_written_while_the_bucket_gets_it(self) -> None:
        for what, content in (("another size", "more content"), ("the same size", "CONTENT")):
            with self.subTest(what):
                old = self.file("local_content/old", 8 * DAY)
                self.bucket.sizes = {}
                take = self.bucket.upload_file

                def write(path: Path = old, content: str = content, take: Any = take, **asked: Any) -> None:
                    take(**asked)
                    path.write_text(content, encoding="utf-8")

                with mock.patch.object(self.bucket, "upload_file", write):
                    self.assertEqual(self.run_it(), "offload: 1 stored, 0 removed, 1 kept, 0 different\n")
                self.assertEqual((old.read_text(), self.note()), (content, ""))


class Note(OffloadCase):
    """What tells the backups that the bucket has everything."""

    def test_is_made_when_the_bucket_has_every_file(self) -> None:
        for name, age in (("old", 8 * DAY), ("recent", 2 * HOUR), ("new", HOUR / 2)):
            self.file(f"local_content/{name}", age)
        self.bucket.sizes = {"matrix/local_content/new": 7}
        before = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        self.run_it()
        found = re.fullmatch(r"(\d{8}T\d{6}Z) s3:https://s3.example.org/media/matrix\n", self.note())
        self.assertGreaterEqual(found[1] if found else "", before)

    def test_is_not_made_while_the_bucket_lacks_a_file_that_may_still_be_written(self) -> None:
        """It may be from before the change to a bucket."""
        self.file("local_content/new", HOUR / 2)
        self.run_it()
        self.assertEqual(self.note(), "")

    def test_stays_when_the_store_is_away(self) -> None:
        self.run_it()
        self.file("local_content/old", 8 * DAY)
        self.bucket.refuses = "403"
        self.problem()
        self.assertIn("s3.example.org", self.note())

    def test_is_not_made_when_the_store_is_away(self) -> None:
        self.file("local_content/old", 8 * DAY)
        self.bucket.refuses = "403"
        self.problem()
        self.assertEqual(self.note(), "")

    def test_is_not_made_when_a_folder_cannot_be_read(self) -> None:
        self.file("local_content/old", 8 * DAY)
        with mock.patch.object(os, "scandir", side_effect=PermissionError("not allowed")):
            self.assertIn("not allowed", self.problem())
        self.assertEqual(self.note(), "")

    def test_goes_when_a_file_differs(self) -> None:
        self.run_it()
        self.file("local_content/old", 8 * DAY)
        self.bucket.sizes = {"matrix/local_content/old": 3}
        self.problem()
        self.assertEqual(self.note(), "")
