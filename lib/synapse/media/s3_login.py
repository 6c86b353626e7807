"""How Synapse and the nightly job log in to the store of the media: keys, CA, and the client's options."""

from pathlib import Path
from typing import Any

VERSION = "1.7.0"
REMEDY = (
    f"build an image with synapse-s3-storage-provider {VERSION} by docs/how-to/media-in-s3.md, and name it in the prop "
    "images"
)
ACCESS_KEY = "media_access_key_id"


def options(**limits: Any) -> Any:
    """Options of a client, with these limits."""
    from botocore.config import Config

    # As synapse-s3-storage-provider: many stores know no other checksums.
    checksums = dict.fromkeys(("request_checksum_calculation", "response_checksum_validation"), "when_required")
    return Config(**checksums, **limits)


def secrets(folder: Path) -> dict[str, str]:
    """Arguments of a client, from the files of the Secrets."""
    authority = folder / "media_ca.crt"
    return {
        "aws_access_key_id": _text(folder / ACCESS_KEY),
        "aws_secret_access_key": _text(folder / "media_secret_access_key"),
        **({"verify": str(authority)} if authority.exists() else {}),
    }


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip()


def connect(settings: dict[str, Any], **limits: Any) -> Any:
    """A client of a program with settings.json. Fails with an ImportError when the image has no library for it."""
    import boto3

    place = {"endpoint_url": settings["endpoint_url"], "region_name": settings.get("region_name")}
    return boto3.client("s3", **place, config=options(**limits), **secrets(Path(settings["secretsFolder"])))
