"""The repository of the backups, through restic. Every failure is one line that names its cause.

Environment: RESTIC_REPOSITORY, RESTIC_PASSWORD_FILE and what the store needs. RESTIC names the program, BACKUP the folder of the backup claim.
https://restic.readthedocs.io/en/v0.19.1/075_scripting.html
"""
import contextlib
import fcntl
import json
import os
import shutil
import re
import signal
import subprocess
import sys

# Its group are the jobs that run as another user.
os.umask(0o007)

RESTIC = os.environ.get("RESTIC", "/tools/restic")
BACKUP = os.environ.get("BACKUP", "/backup")
SPOOL = f"{BACKUP}/wal"
HOST = os.environ.get("SERVER_NAME", "matrix")
#: How names of this system's objects begin.
PREFIX = os.environ.get("NAME_PREFIX", "")
#: For an operator to run.
KUBECTL = f"kubectl -n {os.environ.get('NAMESPACE', 'default')}"

CAUSES = {
    10: "there is no repository at {where}",
    11: "the repository is locked by somebody else",
    12: "the repository's password is another one than that in the Secret",
}
#: Another wait each time would be another message each time.
RETRY = re.compile("^.* returned error, retrying after [^:]*: ")


class Problem(Exception):
    """Something that an operator can understand and mend."""

    def __init__(self, text, code=1):
        super().__init__(text)
        self.code = code


def main(name, work):
    """Runs a script; a problem ends it with one line and exit code 1."""
    # The first process of a container is not ended by a signal that it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(f"{name}: told to end"))
    try:
        work()
    except (Problem, OSError) as problem:
        print(f"{name}: {problem}", file=sys.stderr)
        raise SystemExit(1) from None


def restic(*arguments, text=None, allow=(), seconds=None):
    """(exit code, answers), each a line of JSON. A code that is not 0 or allowed is a Problem."""
    return checked(run(*arguments, text=text, seconds=seconds), allow)


def checked(done, allow=()):
    answers = list(answers_in(done.stdout + done.stderr))
    if done.returncode != 0 and done.returncode not in allow:
        raise Problem(cause(done, answers), done.returncode)
    return done.returncode, answers


def answers_in(text):
    for line in text.splitlines():
        if line.startswith(("{", "[")):
            with contextlib.suppress(ValueError):
                yield json.loads(line)


def run(*arguments, text=None, seconds=None, quiet=True):
    command = [RESTIC, *(["--quiet"] if quiet else []), "--json", *arguments]
    try:
        return subprocess.run(command, input=text, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as problem:
        # restic tries for a quarter of an hour, and says why before each try.
        tries = [line for line in (problem.stderr or b"").decode(errors="replace").splitlines() if line.strip()]
        why = f": {' '.join(RETRY.sub('', tries[-1]).split())}" if tries else ""
        raise Problem(f"the repository at {where()} did not answer within {seconds:.0f} s{why}") from None


def cause(done, answers):
    known = CAUSES.get(done.returncode)
    said = [answer["message"] for answer in answers if isinstance(answer, dict) and answer.get("message_type") == "exit_error"]
    said = said or [line for line in done.stderr.splitlines() if not line.startswith("{")] or [f"restic ended with {done.returncode}"]
    text = " ".join(said[-1].split())
    return known.format(where=where()) if known else f"the repository at {where()}: {text.removeprefix('Fatal: ')}"


def where():
    return os.environ["RESTIC_REPOSITORY"]


@contextlib.contextmanager
def held(name, exclusive=False, wait=True):
    """A lock on the backup claim. It ends with its holder, however that ends, which restic's own locks do not."""
    with open(f"{BACKUP}/{name}.lock", "a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Problem("a backup or a restore is at work: wait until it is done, then run this again") from None
        yield


#: Is there while something is removed from the repository. Left behind, whoever was alone was killed.
ALONE = f"{BACKUP}/repository.alone"


@contextlib.contextmanager
def in_use():
    """While the repository is read or added to. Whoever removes something from it waits, and is waited for."""
    if os.path.exists(ALONE):
        # A lock of restic that was left behind would keep log out for half an hour.
        with alone():
            pass
    with held("repository"):
        yield


@contextlib.contextmanager
def alone():
    """While something is removed from the repository: nobody else of this system is at work in it."""
    with held("repository", exclusive=True):
        # Then a lock of restic can only be that of a process that was killed.
        restic("unlock", "--remove-all", allow=(10,))
        with open(ALONE, "w", encoding="utf-8"):
            pass
        yield
        os.remove(ALONE)


def init():
    """Makes it whole or not at all, where that can be: restic neither uses nor goes on with one whose making was broken off."""
    if not where().startswith("/"):
        restic("init", seconds=120)
        return
    part = f"{where()}.part"
    shutil.rmtree(part, ignore_errors=True)
    restic("init", "--repo", part, seconds=120)
    # restic gives what it adds the rights that it finds.
    subprocess.run(["chmod", "-R", "g=u", part], check=True)
    os.rename(part, where())


def ensure():
    """Makes the repository when there is none."""
    code, _ = restic("cat", "config", "--no-lock", allow=(10,), seconds=60)
    if code != 10:
        return
    if os.path.exists(f"{BACKUP}/last-set"):
        raise Problem(f"there is no repository at {where()} any more, though sets were made. Bring it back, or to begin a new one without them:"
                      f" {KUBECTL} exec deployment/{PREFIX}matrix-backup-agent -- rm /backup/last-set")
    with held("repository", exclusive=True):
        if restic("cat", "config", "--no-lock", allow=(10,), seconds=60)[0] == 10:
            init()
            print(f"a new repository is made at {where()}", flush=True)


def snapshots(strict=False):
    """Every snapshot, oldest first, with its tags as `tags` (words) and `facts` (key=value)."""
    # restic leaves out in silence what it cannot read. Listed first: log is shipped all the while.
    there = set(run("list", "snapshots", "--no-lock", seconds=600).stdout.split())
    _, answers = restic("snapshots", "--no-lock", seconds=600)
    # restic leaves out zeros at the end of a second's fraction.
    found = [{**one, "time": f"{one['time'][:19]}{one['time'][19:-1] or '.':0<10}Z"} for one in (answers[0] if answers else [])]
    found.sort(key=lambda one: one["time"])
    damaged = there - {one["id"] for one in found}
    if damaged and strict:
        raise Problem(f"{len(damaged)} snapshots are damaged and nothing is removed, the first is snapshots/{min(damaged)}: README, Damage")
    if damaged:
        print(f"WARNING: {len(damaged)} snapshots in {where()} are damaged and not listed, the first is snapshots/{min(damaged)}", flush=True)
    if strangers := {one["hostname"] for one in found} - {HOST}:
        raise Problem(f"the repository at {where()} is also that of {', '.join(sorted(strangers))}: give each system its own, by bucket, prefix or path")
    for one in found:
        tags = one.get("tags") or []
        one["facts"] = dict(tag.split("=", 1) for tag in tags if "=" in tag)
        one["tags"] = [tag for tag in tags if "=" not in tag]
    return found


def store(paths, tags, *options, seconds=None):
    """Puts folders into the repository; (id of the snapshot, paths that could not be read)."""
    # Somebody else than this system may hold a lock.
    code, answers = restic("backup", "--retry-lock=5m", "--host", HOST, "--tag", ",".join(tags), *options, "--", *paths, allow=(3,), seconds=seconds)
    unread = [answer["item"] for answer in answers if answer.get("message_type") == "error"]
    summary = next((answer for answer in answers if answer.get("message_type") == "summary"), None)
    if not summary or (code == 3 and not unread):
        raise Problem("restic did not say what it has stored")
    return summary["snapshot_id"], unread
