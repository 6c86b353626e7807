"""Reads everything in the repository and in the spool, and names the files that are damaged."""
import gzip
import re
import time
import zlib

import metrics
import repository
import spool


def damaged_log():
    """Log that is still in the spool; PostgreSQL writes each file once, and gzip holds a checksum."""
    for path in spool.files():
        if not path.endswith(".gz"):
            continue
        try:
            with gzip.open(path) as file:
                while file.read(2 ** 20):
                    pass
        except FileNotFoundError:
            pass
        except (OSError, EOFError, zlib.error) as problem:
            yield f"{path} in the spool: {problem}"


def damaged_snapshots():
    code, answers = repository.restic("check", "--no-lock", "--read-data", allow=(1,))
    if code == 0:
        return
    said = " ".join(answer.get("message", "") for answer in answers)
    for kind, pattern in (("blob", r"blob ([0-9a-f]{64})"), ("pack", r"pack ([0-9a-f]{64})")):
        ids = sorted(set(re.findall(pattern, said)))
        if not ids:
            continue
        _, found = repository.restic("find", "--no-lock", f"--{kind}", *ids, allow=(1,))
        hits = [hit for one in found if isinstance(one, list) for hit in one]
        for path in sorted({hit["path"] for hit in hits if "path" in hit}):
            times = sorted({hit["time"][:19] for hit in hits if hit.get("path") == path})
            yield f"{path} in {len(times)} snapshots, from {times[0]} to {times[-1]}"
        if hits:
            return
    yield "; ".join(" ".join(answer["message"].split()) for answer in answers if answer.get("message_type") in ("error", "exit_error"))


def work():
    begun = time.time()
    with repository.in_use():
        damaged = [*damaged_log(), *damaged_snapshots()]
    if damaged:
        raise repository.Problem("damaged:\n  " + "\n  ".join(damaged))
    print(f"verify: all of {repository.where()} and the spool was read and is whole, in {time.time() - begun:.0f} s", flush=True)
    metrics.write("verify", {"last_success_timestamp_seconds": time.time()})


repository.main("verify", work)
