"""First step of a restore: decides what is restored and fetches it.

The choice is a folder, /choice, with a file for each of:
  set       id of a set; without it the newest that fits
  time      a moment such as 2026-01-31T14:05:00Z; without it the end of the log
  timeline  number; without it the one that was in use then
  dump      true: the newest logical copy instead of a set, into an empty database of the version that is installed
  secrets   true: the Secrets of the set replace those of the cluster, for a cluster that is new
  receiver  lost: what a synchronous receiver of log has is not waited for
  undo      true: what the last restore set aside comes back, and nothing is restored
  discard   true: what earlier restores set aside is removed first
"""
import os
import shutil

import repository
import sets
import spool
from fetch import DUMP, VOLUME, check_room, clean, fetch, fetch_secrets, fetch_set, known_log, plan
from repository import Problem

CHOICES = ("set", "time", "timeline", "dump", "secrets", "receiver", "undo", "discard")
#: While it is there PostgreSQL does not start. It names where the data was moved.
MARKER = f"{VOLUME}/restore-in-progress"


def read_choice():
    choice = {}
    for name in sorted(os.listdir("/choice") if os.path.isdir("/choice") else []):
        if name.startswith("."):
            continue
        if name not in CHOICES:
            raise Problem(f"'{name}' in the choice means nothing: it can hold {', '.join(CHOICES)}")
        with open(f"/choice/{name}", encoding="utf-8") as file:
            choice[name] = file.read().strip()
    return choice


def make_room(need, choice):
    clean()
    aside = [name for name in os.listdir(VOLUME) if name.startswith(("pgdata.before-restore-", "pgdata.undone-"))]
    # Of a restore that was broken off the marker names the only good copy.
    if choice.get("discard") == "true" and not os.path.getsize(MARKER):
        for name in aside:
            shutil.rmtree(f"{VOLUME}/{name}")
    check_room(need, f"enlarge the claim, or add --from-literal=discard=true to the choice to remove {' '.join(aside)}" if aside else "enlarge the claim")


def fetch_dump(snapshots, choice):
    dumps = [one for one in snapshots if "dump" in one["tags"]]
    known = sets.sets_of(snapshots)
    if not dumps or not known:
        raise Problem(f"there is no logical copy yet: {repository.KUBECTL} create job --from=cronjob/{repository.PREFIX}matrix-backup-dump dump")
    print(f"restore: logical copy {dumps[-1]['facts']['id']}", flush=True)
    make_room(2 * int(dumps[-1]["facts"]["bytes"]), choice)
    if damaged := fetch(dumps[-1]["id"], f"{repository.BACKUP}/dump", DUMP):
        raise Problem(f"the logical copy is damaged: {damaged[0]}")
    plan(action="dump", set=dumps[-1]["facts"]["id"], data=known[-1]["data"], secrets=choice.get("secrets", ""))
    return known[-1]


def fetch_chosen(snapshots, choice):
    folders = known_log(snapshots)
    chosen, timeline = sets.choose(sets.sets_of(snapshots), lambda system: sets.Log(folders, system), choice)
    time = choice.get("time", "")
    print(f"restore: set {chosen['id']}, to {time or 'the end of the log'} on timeline {timeline}", flush=True)
    make_room(int(chosen["bytes"]) + sets.log_bytes(snapshots, chosen, time), choice)
    fetch_set(snapshots, chosen, timeline, time, folders, action="restore", secrets=choice.get("secrets", ""), receiver=choice.get("receiver", ""))
    return chosen


def work():
    choice = read_choice()
    if choice.get("undo") == "true":
        plan(action="undo")
        return
    with open(MARKER, "a", encoding="utf-8"):
        pass
    try:
        with repository.in_use():
            snapshots = repository.snapshots()
            with open("/handover/predecessors", "w", encoding="utf-8") as file:
                file.writelines(f"{one}\n" for one in sorted(spool.strangers(snapshots)))
            fetch_secrets(fetch_dump(snapshots, choice) if choice.get("dump") == "true" else fetch_chosen(snapshots, choice))
    except BaseException:
        clean()
        # It names where data was moved by a restore that was broken off later than here.
        if os.path.getsize(MARKER) == 0:
            os.remove(MARKER)
        print("restore: the database is as it was", flush=True)
        raise


def one_at_a_time():
    with repository.held("staging", exclusive=True, wait=False):
        work()


repository.main("restore", one_at_a_time)
