"""A sample of the media: hashed while a backup is made, and compared with what a drill has fetched."""

import contextlib
import hashlib
import os
import random
from collections.abc import Iterable, Mapping
from pathlib import Path

from matrix_backups.mounts import DRILL, MEDIA
from matrix_backups.problem import Problem

#: How many files are looked at, and how many bytes at most.
FILES, BYTES = 50, 256 * 2**20
#: Copies of what other servers hold, and thumbnails, can be made again.
LOCAL = "/local_content"


def drawn(sizes: Mapping[str, int], wanted: Iterable[str] = ()) -> list[str]:
    """Paths within the limits, those that are wanted among them."""
    chosen = list(dict.fromkeys(wanted))
    room = BYTES - sum(sizes.get(path, 0) for path in chosen)
    for path in random.sample(sorted(sizes), min(FILES, len(sizes))):
        if path not in chosen and len(chosen) < FILES and sizes[path] <= room:
            chosen.append(path)
            room -= sizes[path]
    return chosen


def here() -> list[str]:
    """A sample of the media that are here now, as paths below the media store."""
    sizes = {}
    for folder, _, names in os.walk(f"{MEDIA}{LOCAL}"):
        for path in (Path(folder, name) for name in names):
            with contextlib.suppress(FileNotFoundError):
                sizes[str(path).removeprefix(str(MEDIA))] = path.stat().st_size
    return drawn(sizes)


def hashes(paths: Iterable[str]) -> dict[str, str]:
    """{path: SHA-256} of those that are still here: what was here before and after a backup is in it."""
    found = {}
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            found[path] = digest(Path(f"{MEDIA}{path}"))
    return found


def check(known: Mapping[str, str]) -> int:
    """Compares each restored file with what was stored; how many there are."""
    for path, wanted in known.items():
        restored = Path(f"{DRILL}/media{path}")
        if not restored.exists():
            raise Problem(f"media file {path} was stored, and is not in the backup")
        if digest(restored) != wanted:
            raise Problem(f"media file {path} is not what was stored")
    return len(known)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
