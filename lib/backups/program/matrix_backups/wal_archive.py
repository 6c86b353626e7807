"""The spool of write-ahead log on the backup claim: what PostgreSQL has handed over, on its way to the repository."""
import contextlib
import os
import re
import uuid

import repository
from repository import SPOOL

#: Names a spool: after the loss of the claim another one begins, and what the old one has shipped is still needed.
NAME = f"{SPOOL}/spool"
LOG = re.compile("[0-9A-F]{24}")
#: Spools whose place this one has taken: by a restore (restore-finish.py), or by somebody's word.
PREDECESSORS = f"{repository.BACKUP}/predecessors"


def name():
    if not os.path.exists(NAME):
        os.makedirs(SPOOL, exist_ok=True)
        part = f"{NAME}.{os.getpid()}"
        with open(part, "w", encoding="utf-8") as file:
            file.write(uuid.uuid4().hex[:12])
        try:
            os.link(part, NAME)
        except FileExistsError:
            pass
        os.remove(part)
    with open(NAME, encoding="utf-8") as file:
        return file.read().strip()


def files():
    """{path: time} of the log that is there whole."""
    found = {}
    for folder, _, names in os.walk(SPOOL):
        for one in names:
            if not one.startswith("."):
                # A backup that has sealed it may just be removing it.
                with contextlib.suppress(FileNotFoundError):
                    found[f"{folder}/{one}"] = os.stat(f"{folder}/{one}").st_mtime
    return found


def strangers(snapshots):
    """Spools of an installation that this one knows nothing of, and that were written to since this one began."""
    known = {name()}
    with contextlib.suppress(FileNotFoundError), open(PREDECESSORS, encoding="utf-8") as file:
        known.update(file.read().split())
    log = [(one["time"], one["facts"]["spool"]) for one in snapshots if "wal" in one["tags"]]
    since = min((time for time, spool in log if spool == name()), default="")
    return {spool for time, spool in log if time > since} - known


def check_ours(snapshots):
    """Two installations with one server name, such as a copy for a test, would remove each other's locks and log."""
    if others := " ".join(sorted(strangers(snapshots))):
        raise repository.Problem(
            f"another installation of {repository.HOST} writes to the repository at {repository.where()} (its log has the name {others}). Give each its own. "
            f"If this one has taken its place: {repository.KUBECTL} exec deployment/{repository.PREFIX}matrix-backup-agent -- "
            f"sh -c 'echo {others} >> {PREDECESSORS}'")


def shipped():
    """What of the spool is in the repository already, as `files` says it: for a shipper that has just started."""
    snapshots = repository.snapshots()
    check_ours(snapshots)
    mine = [one["id"] for one in snapshots if one["facts"].get("spool") == name()]
    if not mine:
        return {}
    _, listed = repository.restic("ls", "--no-lock", "--recursive", mine[-1], SPOOL, allow=(1,))
    there = {one["path"] for one in listed if one.get("type") == "file"}
    return {path: stamp for path, stamp in files().items() if path in there}


def ship(tags=(), seconds=None):
    """Stores the whole spool; what is in the repository already costs nothing. Returns what was shipped."""
    spool = name()
    there = files()
    _, unread = repository.store([SPOOL], ["wal", f"spool={spool}", *tags], "--exclude", ".*", seconds=seconds)
    # What is gone was sealed by a backup meanwhile.
    if unread := [path for path in unread if os.path.lexists(path)]:
        raise repository.Problem(f"{len(unread)} files of log could not be read, the first is {unread[0]}")
    return there


def forget(shipped, system, first):
    """Removes what was sealed with a set: log from before it, and of other database systems. Histories and timelines stay."""
    for path in shipped:
        folder, one = os.path.split(path)
        of = os.path.relpath(folder, SPOOL).split("/")[0]
        if LOG.match(one) and (of != system or one[8:24] < first[8:24]):
            os.remove(path)
            with contextlib.suppress(OSError):
                os.rmdir(folder)
