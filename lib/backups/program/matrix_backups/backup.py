"""Second step of a backup: stores the copied database, then media, secrets and configuration, so that every row has its file.

A set is listed when the last of its snapshots is there, and that is made last. Whatever goes wrong ends in a message and exit code 1.
"""
import json
import os
import shutil
import time

import metrics
import repository
import spool
from repository import BACKUP, Problem

WORK = f"{BACKUP}/work"
MEDIA = "/media/media_store"
#: Copies of what other servers and web sites hold are fetched again.
KEPT = ("local_content", "local_thumbnails")


def files_in(folder):
    return sum(len(files) for _, _, files in os.walk(folder))


def check_media(folders, answer):
    """Media that vanish from one night to the next are more often lost than deleted."""
    now = sum(files_in(folder) for folder in folders)
    sets = [one["facts"] for one in answer if "set" in one["tags"]]
    before = int(sets[-1]["files"]) if sets else 0
    if now * 2 < before and os.environ.get("ACCEPT_FEWER_MEDIA") != "yes":
        raise Problem(f"of {before} media files in the last set only {now} are left. If they are lost, restore them (README). If they were "
                      f"deleted on purpose: {repository.KUBECTL} set env cronjob/{repository.PREFIX}matrix-backup ACCEPT_FEWER_MEDIA=yes")
    return now


def work():
    if not os.path.exists(f"{WORK}/tags"):
        raise Problem("there is no copy of the database to store: run the backup again")
    with open(f"{WORK}/tags", encoding="utf-8") as file:
        tags = dict(line.strip().split("=", 1) for line in file)
    with open(f"{WORK}/facts.json", encoding="utf-8") as file:
        database = json.load(file)
    repository.ensure()
    with repository.in_use():
        media = [f"{MEDIA}/{name}" for name in KEPT if os.path.isdir(f"{MEDIA}/{name}")]
        snapshots = repository.snapshots()
        spool.check_ours(snapshots)
        tags["files"] = str(check_media(media, snapshots))
        set_id = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        data, unread = repository.store([f"{WORK}/base", *media, "/secrets", "/config"], ["data", f"for={set_id}"])
        # Deleted while we read: then it belongs to no message any more.
        if lost := [path for path in unread if os.path.lexists(path)]:
            raise Problem(f"{len(lost)} files could not be read, the first is {lost[0]}")
        log = spool.ship(["sealed", f"for={set_id}"])
        facts = {"id": set_id, "data": data, **tags}
        manifest = {"format": 2, "serverName": os.environ["SERVER_NAME"], **facts, "database": database,
                    "images": {"postgres": os.environ["POSTGRES_IMAGE"], "synapse": os.environ["SYNAPSE_IMAGE"]}}
        repository.restic("backup", "--host", repository.HOST, "--tag", ",".join(["set", *(f"{k}={v}" for k, v in facts.items())]),
                          "--stdin", "--stdin-filename", "manifest.json", text=json.dumps(manifest))
    print(f"backup: set {set_id} is complete: {tags['bytes']} bytes of database, {tags['files']} media files", flush=True)
    with open(f"{BACKUP}/last-set", "w", encoding="utf-8") as file:
        file.write(set_id)
    spool.forget(log, tags["system"], tags["first"])
    metrics.write("backup", {"last_success_timestamp_seconds": time.time(), "database_bytes": int(tags["bytes"]), "media_files": int(tags["files"])})
    if not os.path.exists("/password/escrowed"):
        print("backup: WARNING: nobody has said that the password of the repository is kept outside of this cluster. Without it no backup can be"
              " opened: README, The password of the backups", flush=True)


def one_at_a_time():
    with repository.held("staging", exclusive=True, wait=False):
        try:
            work()
        finally:
            # Another try copies the database again.
            shutil.rmtree(WORK, ignore_errors=True)


repository.main("backup", one_at_a_time)
