import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import s3_login


class S3Login(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name in ("media_access_key_id", "media_secret_access_key"):
            (self.folder / name).write_text(f" {name}\n", encoding="utf-8")
        self.boto3 = mock.Mock()
        config = SimpleNamespace(Config=dict)
        modules = {"boto3": self.boto3, "botocore": mock.Mock(), "botocore.config": config}
        self.enterContext(mock.patch.dict(sys.modules, modules))

    def test_has_the_keys_of_the_secrets_and_a_private_ca(self) -> None:
        keys = {"aws_access_key_id": "media_access_key_id", "aws_secret_access_key": "media_secret_access_key"}
        self.assertEqual(s3_login.secrets(self.folder), keys)
        (self.folder / "media_ca.crt").touch()
        self.assertEqual(s3_login.secrets(self.folder), {**keys, "verify": str(self.folder / "media_ca.crt")})

    def test_connects_with_limits_and_only_the_checksums_that_every_store_knows(self) -> None:
        settings = {"endpoint_url": "https://s3.example.org", "secretsFolder": str(self.folder)}
        s3_login.connect(settings, connect_timeout=5)
        asked = self.boto3.client.call_args.kwargs
        self.assertEqual((asked["endpoint_url"], asked["region_name"]), ("https://s3.example.org", None))
        self.assertEqual(asked["aws_access_key_id"], "media_access_key_id")
        self.assertEqual(
            asked["config"],
            {
                "connect_timeout": 5,
                "request_checksum_calculation": "when_required",
                "response_checksum_validation": "when_required",
            },
        )

    def test_fails_when_the_image_has_no_library(self) -> None:
        with mock.patch.dict(sys.modules, {"boto3": None}), self.assertRaises(ImportError):
            s3_login.connect({})
