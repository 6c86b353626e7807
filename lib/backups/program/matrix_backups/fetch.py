"""Gets a set and its log out of the repository, for a restore and for a drill.

Environment: VOLUME, where the database goes, and its log on the way there. The decision is for the next steps in /handover/plan.
"""
import os
import shlex
import shutil

import repository
import sets
from repository import Problem

VOLUME = os.environ["VOLUME"]
DATABASE = f"{VOLUME}/pgdata.restoring"
LOG = f"{VOLUME}/restore-wal"
DUMP = f"{VOLUME}/restore-dump"


def clean():
    for folder in (DATABASE, LOG, DUMP):
        shutil.rmtree(folder, ignore_errors=True)


def plan(**facts):
    with open("/handover/plan", "w", encoding="utf-8") as file:
        file.writelines(f"{name}={shlex.quote(str(value))}\n" for name, value in facts.items())


def fetch(snapshot, folder, target, *options):
    """Restores a folder of a snapshot; the paths that are damaged in the repository. All others are there."""
    os.makedirs(target, exist_ok=True)
    code, answers = repository.restic("restore", "--no-lock", f"{snapshot}:{folder}", "--target", target, *options, allow=(1,))
    items = sorted({answer.get("item", "") for answer in answers if answer.get("message_type") == "error"} - {""})
    if code and not items:
        said = next((answer["message"] for answer in answers if answer.get("message_type") == "exit_error"), f"restic ended with {code}")
        raise Problem(" ".join(said.split()))
    return items


def known_log(snapshots):
    """Folders with histories and timelines: the spool, and what each spool has last shipped."""
    newest = {one["facts"]["spool"]: one["id"] for one in snapshots if "wal" in one["tags"]}
    folders = [repository.SPOOL]
    for name, snapshot in newest.items():
        folders.append(f"/handover/log/{name}")
        for item in fetch(snapshot, repository.SPOOL, folders[-1], "--include=/*/timelines", "--include=/*/*.history*"):
            print(f"restore: WARNING: {item} is damaged in the repository; say which set and timeline are wanted if others are chosen", flush=True)
    return folders


def check_room(need, remedy="enlarge the claim"):
    free = shutil.disk_usage(VOLUME).free
    # PostgreSQL writes log while it recovers.
    need += 256 * 2 ** 20
    if free < need:
        raise Problem(f"the data volume has {free // 2 ** 20} MiB free, {need // 2 ** 20} are needed: {remedy}")


def fetch_log(snapshots, chosen, time):
    rotten = []
    for one in sets.log_for(snapshots, chosen, time):
        rotten += fetch(one["id"], repository.SPOOL, LOG, "--overwrite=never", f"--include=/{chosen['system']}/**")
    # What is in the spool still is taken from there.
    rotten = [item for item in rotten if not os.path.exists(f"{repository.SPOOL}{item}")]
    if rotten and not time:
        raise Problem(f"log is damaged in the repository: {' '.join(rotten[:5])}. To restore as far as it leads, choose a time= before it was written")
    for item in rotten:
        print(f"restore: WARNING: log {item} is damaged in the repository", flush=True)


def fetch_set(snapshots, chosen, timeline, time, folders, **facts):
    """Database and log of a set; the next steps make one of them."""
    known = " ".join(one["id"] for one in sets.sets_of(snapshots))
    if damaged := fetch(chosen["data"], f"{repository.BACKUP}/work/base", DATABASE):
        raise Problem(f"set {chosen['id']} is damaged; there are: {known}\n" + "\n".join(damaged[:20]))
    os.chmod(DATABASE, 0o700)
    fetch_log(snapshots, chosen, time)
    logs = " ".join(f"{folder}/{chosen['system']}" for folder in (repository.SPOOL, LOG, *folders[1:]))
    plan(set=chosen["id"], system=chosen["system"], data=chosen["data"], timeline=timeline, time=time, logs=logs, **facts)


def fetch_secrets(chosen):
    if damaged := fetch(chosen["data"], "/secrets", "/handover/secrets"):
        raise Problem(f"the Secrets in set {chosen['id']} are damaged: {damaged[0]}")
