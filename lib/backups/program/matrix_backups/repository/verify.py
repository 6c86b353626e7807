"""`verify`: reads everything in the repository and in the WAL archive, and names the files that are damaged."""

import gzip
import re
import time
import zlib
from collections.abc import Iterator

from matrix_backups import files, locks, metrics, wal_archive
from matrix_backups.problem import Problem
from matrix_backups.restic import restic, where
from matrix_backups.settings import Settings


def run(settings: Settings) -> None:
    """Reads everything."""
    begun = time.time()
    with locks.in_use():
        damaged = [*damaged_wal(), *damaged_snapshots()]
    if damaged:
        raise Problem("damaged:\n  " + "\n  ".join(damaged))
    archive = " and the WAL archive" if settings.database else ""
    print(f"verify: all of {where()}{archive} was read and is whole, in {time.time() - begun:.0f} s", flush=True)
    metrics.write("verify", {"last_success_timestamp_seconds": time.time()})


def damaged_wal() -> Iterator[str]:
    """Damaged segments in the WAL archive, found by the checksum of gzip."""
    for path in wal_archive.files():
        if path.suffix != ".gz":
            continue
        try:
            with files.opened(path) as packed, gzip.open(packed) as file:
                while file.read(2**20):
                    pass
        except FileNotFoundError:
            pass
        except (Problem, OSError, EOFError, zlib.error) as problem:
            yield f"{path} in the WAL archive: {problem}"


def damaged_snapshots() -> Iterator[str]:
    """Damaged files in the repository, or the messages of restic if no file is known for the damage."""
    code, answers = restic("check", "--no-lock", "--read-data", allow=(1,))
    if code == 0:
        return
    said = " ".join(answer.get("message", "") for answer in answers)
    for kind, pattern in (("blob", r"blob ([0-9a-f]{64})"), ("pack", r"pack ([0-9a-f]{64})")):
        ids = sorted(set(re.findall(pattern, said)))
        if not ids:
            continue
        _, found = restic("find", "--no-lock", f"--{kind}", *ids, allow=(1,))
        hits = [hit for one in found if isinstance(one, list) for hit in one]
        for path in sorted({hit["path"] for hit in hits if "path" in hit}):
            times = sorted({hit["time"][:19] for hit in hits if hit.get("path") == path})
            yield f"{path} in {len(times)} snapshots, from {times[0]} to {times[-1]}"
        if hits:
            return
    errors = [one["message"] for one in answers if one.get("message_type") in ("error", "exit_error")]
    yield "; ".join(" ".join(message.split()) for message in errors)
