"""Gives the bucket the media files that it lacks, and removes old copies from the claim. It can run again at any time.

usage: offload.py [SETTINGS]; settings.json beside it is
{store: folder of the media, secretsFolder, keepFor: seconds that a file stays on the claim,
address: of the bucket as the backups name it, bucket, endpoint_url, prefix, storage_class, region_name: optional}

A file is removed only when the bucket has an object of its name and size. Nothing in the bucket is replaced or deleted.
A run that finds everything in the bucket notes that on the claim: backups hold the media of the claim until then.
"""

import json
import os
import stat
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from s3_login import REMEDY, connect

#: What Synapse gives the bucket. Previews of URLs stay on the claim, where Synapse deletes them.
FOLDERS = ("local_content", "local_thumbnails", "remote_content", "remote_thumbnail")
#: Seconds in which a file may still be written.
QUIET = 3600
#: Files looked at at a time.
MANY = 8
#: The note, beside the media store; media.py of the backups reads it.
IN_BUCKET = "media-in-bucket"
MISSING = ("404", "NoSuchKey", "NotFound")


class Offload:
    """Looks at each file of the media store."""

    def __init__(self, settings: dict[str, Any], client: Any, now: float) -> None:
        self._store = Path(settings["store"])
        self._place = {"Bucket": settings["bucket"]}
        self._prefix = settings["prefix"]
        self._extra = {"StorageClass": settings["storage_class"]}
        self._keep_for = settings["keepFor"]
        self._address = settings["address"]
        self._client = client
        self._now = now
        #: Whether each file was seen in the bucket as it is on the claim.
        self._all_seen = True

    def run(self) -> dict[str, int]:
        """Looks at every file, and counts what was done. The first problem that concerns all files ends it."""
        done = {"stored": 0, "removed": 0, "kept": 0, "different": 0}
        files = self._files()
        with ThreadPoolExecutor(MANY) as pool:
            while some := list(islice(files, 16 * MANY)):
                for each in (each for what in pool.map(self._look, some) for each in what):
                    done[each] += 1
        self._note(done["different"])
        return done

    def _note(self, different: int) -> None:
        note = self._store.parent / IN_BUCKET
        if different:
            note.unlink(missing_ok=True)
        elif self._all_seen:
            # After a crash, a part of it must not count.
            note.write_text(f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())} {self._address}\n", encoding="utf-8")

    def _files(self) -> Iterator[Path]:
        for folder in FOLDERS:
            for place, _, names in os.walk(self._store / folder, onerror=unread):
                yield from (Path(place, name) for name in names)

    def _look(self, path: Path) -> list[str]:
        try:
            status = path.lstat()
        except FileNotFoundError:
            return []
        age = self._now - status.st_mtime
        if not stat.S_ISREG(status.st_mode):
            return ["kept"]
        key = f"{self._prefix}{path.relative_to(self._store)}"
        size, what = self._size(key), []
        if age < QUIET:
            if size != status.st_size:
                self._all_seen = False
            return ["kept"]
        if size is None:
            try:
                self._client.upload_file(Filename=str(path), Key=key, ExtraArgs=self._extra, **self._place)
            except FileNotFoundError:
                # Synapse has deleted it meanwhile.
                return []
            size, what = self._size(key), ["stored"]
        try:
            now = path.lstat()
        except FileNotFoundError:
            return what
        if (now.st_mtime_ns, now.st_size) != (status.st_mtime_ns, status.st_size):
            # The bucket may have it as it was before. The next run looks again.
            self._all_seen = False
            return [*what, "kept"]
        if size != status.st_size:
            # Neither is touched: only an operator can tell which is right.
            print(f"offload: {key} has {size} bytes in the bucket, but {status.st_size} on the claim", flush=True)
            return [*what, "different"]
        if age <= self._keep_for:
            return [*what, "kept"]
        path.unlink(missing_ok=True)
        return [*what, "removed"]

    def _size(self, key: str) -> int | None:
        """The size of an object; None when the bucket does not have it."""
        try:
            return int(self._client.head_object(Key=key, **self._place)["ContentLength"])
        except self._client.exceptions.ClientError as problem:
            if problem.response["Error"]["Code"] in MISSING:
                return None
            raise


def unread(problem: OSError) -> None:
    """Ends the run, which else would leave out a folder in silence. One that is not there has no files."""
    if not isinstance(problem, FileNotFoundError):
        raise problem


def main(arguments: list[str]) -> None:
    """Reads the settings, and looks at the files."""
    path = Path(arguments[0]) if arguments else Path(__file__).with_name("settings.json")
    settings = json.loads(path.read_text(encoding="utf-8"))
    try:
        client = connect(settings, connect_timeout=5, retries={"mode": "standard", "total_max_attempts": 4})
        done = Offload(settings, client, time.time()).run()
    except ImportError:
        sys.exit(f"offload: this image has no boto3: {REMEDY}")
    except Exception as problem:
        sys.exit(f"offload: the bucket '{settings['bucket']}' at {settings['endpoint_url']} refuses: {problem}")
    print(f"offload: {', '.join(f'{count} {what}' for what, count in done.items())}", flush=True)
    if done["different"]:
        sys.exit(f"offload: {done['different']} files differ from the bucket, and stay: see docs/how-to/media-in-s3.md")


if __name__ == "__main__":
    main(sys.argv[1:])
