"""A sample of the media: hashed when a backup is made, and compared in a drill."""

import contextlib
import hashlib
import os
import random
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from matrix_backups import files
from matrix_backups.mounts import DRILL, MEDIA
from matrix_backups.problem import Problem

#: The most files and bytes in a sample.
FILES, BYTES = 50, 256 * 2**20
#: Only local media: remote media and thumbnails can be fetched or made again.
LOCAL = "/local_content"
#: Names that Synapse gives. Others are in the backup, but in no list of names.
VALID = re.compile(LOCAL + r"(/[A-Za-z0-9_=-]+){1,3}", re.ASCII)


def drawn(sizes: Mapping[str, int], wanted: Iterable[str] = ()) -> list[str]:
    """The wanted paths, and a random choice of others up to the limits."""
    chosen = list(dict.fromkeys(wanted))
    room = BYTES - sum(sizes.get(path, 0) for path in chosen)
    for path in random.sample(sorted(sizes), min(FILES, len(sizes))):
        if path not in chosen and len(chosen) < FILES and sizes[path] <= room:
            chosen.append(path)
            room -= sizes[path]
    return chosen


def here() -> list[str]:
    """A sample of the present media, as paths below the media store."""
    sizes = {}
    for folder, _, names in os.walk(f"{MEDIA}{LOCAL}"):
        for path in (Path(folder, name) for name in names):
            with contextlib.suppress(FileNotFoundError):
                name = str(path).removeprefix(str(MEDIA))
                if VALID.fullmatch(name) and files.is_plain(path):
                    sizes[name] = path.lstat().st_size
    return drawn(sizes)


def hashes(paths: Iterable[str]) -> dict[str, str]:
    """{path: SHA-256} of the files that still exist. A file that exists before and after a backup is in it."""
    found = {}
    for path in paths:
        with contextlib.suppress(FileNotFoundError, Problem):
            found[path] = digest(Path(f"{MEDIA}{path}"))
    return found


def check(known: Mapping[str, str]) -> int:
    """Compares each restored file with its hash. Returns the number of files."""
    for path, wanted in known.items():
        restored = Path(f"{DRILL}/media{path}")
        if not os.path.lexists(restored):
            raise Problem(f"media file {path} was stored but is not in the backup")
        if digest(restored) != wanted:
            raise Problem(f"media file {path} differs from what was stored")
    return len(known)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with files.opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
