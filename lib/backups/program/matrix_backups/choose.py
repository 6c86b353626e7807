"""What is known of the sets and of the log: which set and which log lead to a moment.

A set is a snapshot with the tag `set`, whose tags say what it is; the data are in another one, made before. So a set that is listed is whole.
Log is in snapshots with the tag `wal`, each a whole copy of the spool on the backup claim. `sealed` ones are kept for as long as a set needs
them; after one, the spool is emptied of what it holds.

After a restore the database goes on in a new timeline; the old one ends where the restore branched off. The file `timelines` beside the
log says since when which one is in use, so that a moment can be found, and so that no set of an abandoned branch is taken.
https://www.postgresql.org/docs/17/continuous-archiving.html#BACKUP-TIMELINES
"""
import datetime
import glob
import gzip
import os

from repository import Problem

FIRST_TIMELINE = 1


def sets_of(snapshots):
    """The sets, oldest first: what their tags say."""
    return [{**one["facts"], "manifest": one["id"]} for one in snapshots if "set" in one["tags"]]


def position(lsn):
    """0/3000028 as a number."""
    high, low = lsn.split("/")
    return int(high, 16) << 32 | int(low, 16)


def moment(text):
    """A time as it is written for a choice, as the number of seconds."""
    try:
        found = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc).timestamp()
        # Moments are compared as text.
        if written(found) != text:
            raise ValueError(text)
        return found
    except ValueError:
        raise Problem(f"time '{text}' is none: write it in UTC, as 2026-01-31T14:05:00Z") from None


def written(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Log:
    """The folders with log of a database system: timelines and histories."""

    def __init__(self, folders, system):
        self.folders = [f"{folder}/{system}" for folder in folders]

    def lines(self, name):
        for path in (f"{folder}/{name}" for folder in self.folders):
            if os.path.exists(f"{path}.gz"):
                with gzip.open(f"{path}.gz", "rt", encoding="utf-8") as file:
                    yield from file.read().splitlines()
            elif os.path.exists(path):
                with open(path, encoding="utf-8") as file:
                    yield from file.read().splitlines()

    def histories(self):
        return {int(os.path.basename(path)[:8], 16) for folder in self.folders for path in glob.glob(f"{folder}/*.history*")}

    def timeline_at(self, time=None):
        """The timeline that was in use then, or is now."""
        found, there = FIRST_TIMELINE, self.histories()
        for line in sorted(set(self.lines("timelines"))):
            since, number = line.split()
            # Without a history PostgreSQL never ran in it.
            if (int(number) == FIRST_TIMELINE or int(number) in there) and not (time and since > time):
                found = int(number)
        return found

    def leads_to(self, candidate, timeline):
        """Whether the set lies on that timeline, or on an earlier one before the branch."""
        mine = int(candidate["timeline"])
        if mine == timeline:
            return True
        for line in self.lines(f"{timeline:08X}.history"):
            words = line.split()
            if words and words[0].isdigit() and int(words[0]) == mine:
                return position(candidate["end"]) <= position(words[1])
        return False


def described(sets):
    return "".join(f"\n  {one['id']}: database system {one['system']}, timeline {one['timeline']}, {one.get('bytes', '?')} bytes of database,"
                   f" {one.get('files', '?')} media files" for one in sets)


def choose(sets, log_of, choice):
    """(set, timeline) for a choice of `set`, `time` and `timeline`. log_of gives the Log of a system."""
    wanted, time, timeline = (choice.get(key) for key in ("set", "time", "timeline"))
    if time:
        moment(time)
    if timeline and not (timeline.isdigit() and int(timeline) > 0):
        raise Problem(f"timeline '{timeline}' is none: write a number, such as 1")
    if not wanted and not time and len({one["system"] for one in sets}) > 1:
        # After a new beginning the newest set is of a system that knows nothing of the old one.
        raise Problem(f"there are sets of several database systems: choose one by set= or time=, of{described(sets)}")
    chosen, why = None, ""
    for one in sets:
        if (wanted and one["id"] != wanted) or (time and one["finished"] > time):
            continue
        log = log_of(one["system"])
        target = int(timeline) if timeline else log.timeline_at(time)
        if log.leads_to(one, target):
            chosen = one, target
        else:
            why = f"; {one['id']} lies on timeline {one['timeline']}, which does not lead to timeline {target}"
    if not chosen:
        asked = (f"{wanted} " if wanted else "") + (f"that was finished before {time} " if time else "")
        raise Problem(f"there is no set {asked}that fits{why}; there are: {' '.join(one['id'] for one in sets) or 'none at all'}")
    return chosen


def began(snapshots, chosen):
    """The time of the first snapshot that was made for a set."""
    return min(one["time"] for one in snapshots if chosen["id"] in (one["facts"].get("id"), one["facts"].get("for")))


def log_since(snapshots, since):
    """Snapshots that hold all log from then on: the sealed ones, and the newest of each spool."""
    newest = {one["facts"]["spool"]: one["id"] for one in snapshots if "wal" in one["tags"]}
    return [one for one in snapshots if "wal" in one["tags"] and one["time"] >= since
            and ("sealed" in one["tags"] or one["id"] == newest[one["facts"]["spool"]])]


def log_for(snapshots, chosen, time=None):
    """Those with the log from a set to a moment, or to the end."""
    needed, complete = [], set()
    for one in log_since(snapshots, began(snapshots, chosen)):
        spool = one["facts"]["spool"]
        if spool not in complete:
            needed.append(one)
        # One that was sealed later holds all log of its spool to then.
        if time and "sealed" in one["tags"] and one["time"][:19] > time[:19]:
            complete.add(spool)
    return needed


def log_bytes(snapshots, chosen, time=None):
    """How much there is of it, compressed as it is fetched."""
    return sum(one.get("summary", {}).get("total_bytes_processed", 0) for one in log_for(snapshots, chosen, time))
