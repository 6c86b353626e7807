"""First step of a drill: fetches the newest set, log to a moment between it and the next set, and a sample of the media."""
import json
import os
import random
import time

import metrics
import repository
import sets
from fetch import VOLUME, check_room, fetch, fetch_secrets, fetch_set, known_log
from repository import Problem

MEDIA = "/media/media_store"
#: How many files are looked at, and how many bytes at most.
SAMPLE, SAMPLE_BYTES = 50, 256 * 2 ** 20


def fetch_sample(chosen, known):
    """Some media, the one that the manifest names among them."""
    _, listed = repository.restic("ls", "--no-lock", "--recursive", chosen["data"], f"{MEDIA}/local_content")
    sizes = {one["path"].removeprefix(MEDIA): one["size"] for one in listed if one.get("type") == "file"}
    files = sorted(sizes)
    named = [path for path in files if known and path.removeprefix("/local_content").replace("/", "") == known]
    if known and not named:
        raise Problem(f"media file {known} has a row in the database, and is not in the set")
    sample = list(named)
    for path in random.sample(files, min(SAMPLE, len(files))):
        if path not in named and sum(sizes[one] for one in sample) + sizes[path] <= SAMPLE_BYTES:
            sample.append(path)
    with open("/handover/sample", "w", encoding="utf-8") as file:
        file.writelines(f"{path}\n" for path in sample)
    if damaged := fetch(chosen["data"], MEDIA, f"{VOLUME}/media", "--include-file=/handover/sample") if sample else []:
        raise Problem(f"media are damaged: {' '.join(damaged[:5])}")


def middle(chosen, snapshots):
    """A moment after the set that log leads to; empty when nothing has been shipped since."""
    last = max((one["time"][:19] + "Z" for one in snapshots if "wal" in one["tags"]), default=chosen["finished"])
    begin, end = sets.moment(chosen["finished"]), sets.moment(last)
    return sets.written((begin + end) / 2) if end - begin > 10 else ""


def note(name, text):
    with open(f"/handover/{name}", "w", encoding="utf-8") as file:
        file.write(text)


def work():
    begun = time.time()
    note("begun", str(begun))
    with repository.in_use():
        snapshots = repository.snapshots()
        folders = known_log(snapshots)
        known = sets.sets_of(snapshots)
        # After a move to another database there are sets of both.
        newest = {"set": known[-1]["id"]} if known else {}
        chosen, timeline = sets.choose(known, lambda system: sets.Log(folders, system), newest)
        _, manifest = repository.restic("dump", "--no-lock", chosen["manifest"], "/manifest.json")
        note("manifest.json", json.dumps(manifest[0]))
        moment = middle(chosen, snapshots)
        check_room(int(chosen["bytes"]) + sets.log_bytes(snapshots, chosen, moment) + SAMPLE_BYTES)
        print(f"drill: set {chosen['id']}, to {moment or 'the end of the log'} on timeline {timeline}", flush=True)
        fetch_set(snapshots, chosen, timeline, moment, folders)
        fetch_secrets(chosen)
        fetch_sample(chosen, manifest[0]["database"].get("file"))
    # As the agent has measured it: how old a message may be that is not in the repository.
    note("recovery-point", str(metrics.read("agent")[0].get("recovery_point_seconds", 0)))
    note("parts", f"fetch={int((time.time() - begun) * 1000)}\n")


repository.main("drill", work)
