"""What is on the claim: the original files, which are only read, and the folder of the move beside them."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matrix_migration.problem import Problem
from matrix_migration.settings import Settings

DATA = Path("/data")
#: How far the move is. `porting` may have written a part of PostgreSQL.
NOTHING, COPIED, UPDATED, PORTING, PORTED, COMPARED = "nothing", "copied", "updated", "porting", "ported", "compared"
ORDER = (NOTHING, COPIED, UPDATED, PORTING, PORTED, COMPARED)
State = dict[str, Any]


def folder() -> Path:
    """Returns the folder of the move."""
    return DATA / "sqlite-migration"


def copy() -> Path:
    """Returns the copy of the database, which the steps after the copy work on."""
    return folder() / "copy.db"


def state() -> State:
    """Returns what the steps before have noted."""
    try:
        return dict(json.loads((folder() / "state.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {"step": NOTHING}


def note(noted: State) -> None:
    """Notes how far the move is, so that it survives a crash."""
    part = folder() / "state.json.new"
    with part.open("w", encoding="utf-8") as file:
        json.dump(noted, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder() / "state.json")
    sync_folder()


def sync_folder() -> None:
    """Makes new names in the folder of the move durable."""
    opened = os.open(folder(), os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)


def require(settings: Settings, step: str) -> State:
    """Returns the state. Fails when the step before is not done."""
    found = state()
    if ORDER.index(found["step"]) < ORDER.index(step):
        before = {COPIED: "copy", UPDATED: "update", PORTED: "port"}[step]
        raise Problem(
            f"the step before this one, {settings.prefix}matrix-migration-{before}, is not done: run it first"
        )
    return found


def originals(settings: Settings) -> Iterator[Path]:
    """Yields the files of the original database that exist. What is in `-shm` is rebuilt from the others."""
    for suffix in ("", "-wal", "-journal"):
        path = DATA / f"{settings.sqlite}{suffix}"
        if path.exists():
            yield path


def checksum(path: Path) -> str:
    """Returns the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_unchanged(settings: Settings, noted: State) -> None:
    """Fails when the original files are not those that were copied."""
    now = {path.name: checksum(path) for path in originals(settings)}
    if now != noted["checksums"]:
        raise Problem(
            f"the original files ({', '.join(noted['checksums'])}) have changed since they were copied, so a "
            f"Synapse ran on them: run {settings.prefix}matrix-migration-back, and then the move from its beginning"
        )


def lock() -> None:
    """Takes the lock that a Synapse of this project holds while it runs; it lasts as long as this process."""
    opened = os.open(DATA / "synapse.lock", os.O_RDWR | os.O_CREAT, 0o660)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Problem(
            "a Synapse or another step of the move is running on the claim: wait until it has ended, and run this again"
        ) from None
    # What this process starts keeps it: a killed step may leave the program that it has started.
    os.set_inheritable(opened, True)
