"""What is in the repository: snapshots, and the backups that they make.

A backup is a snapshot with the tag `set`, whose tags say what it is; the data are in another one, made before. So a
backup that is listed is whole. WAL is in snapshots with the tag `wal`, each a whole copy of the WAL archive on the
backup claim. `sealed` ones are kept for as long as a backup needs them; after one, the archive is emptied of what
it holds.
"""

import dataclasses
from typing import Any

#: What the tags of a backup say of it: id, data, files, and of a database of ours finished, system, timeline, first,
#: end, bytes.
Backup = dict[str, str]


@dataclasses.dataclass(frozen=True)
class Snapshot:
    """A snapshot, with its tags as words and as facts (key=value)."""

    id: str
    time: str
    tags: list[str] = dataclasses.field(default_factory=list)
    facts: dict[str, str] = dataclasses.field(default_factory=dict)
    #: How much was read for it.
    size: int = 0


def parsed(one: dict[str, Any]) -> Snapshot:
    """A snapshot as restic lists it."""
    tags = one.get("tags") or []
    # restic leaves out zeros at the end of a second's fraction.
    time = f"{one['time'][:19]}{one['time'][19:-1] or '.':0<10}Z"
    facts = dict(tag.split("=", 1) for tag in tags if "=" in tag)
    size = one.get("summary", {}).get("total_bytes_processed", 0)
    return Snapshot(one["id"], time, [tag for tag in tags if "=" not in tag], facts, size)


def backups_of(snapshots: list[Snapshot]) -> list[Backup]:
    """The backups, oldest first."""
    return [{**one.facts, "manifest": one.id} for one in snapshots if "set" in one.tags]


def with_database(backups: list[Backup]) -> list[Backup]:
    """Those that hold a database; one that is managed elsewhere is in none."""
    return [one for one in backups if "system" in one]


def dumps_of(snapshots: list[Snapshot]) -> list[Snapshot]:
    """The dumps, oldest first."""
    return [one for one in snapshots if "dump" in one.tags]


def began(snapshots: list[Snapshot], backup: Backup) -> str:
    """The time of the first snapshot that was made for a backup."""
    return min(one.time for one in snapshots if backup["id"] in (one.facts.get("id"), one.facts.get("for")))


def described(backups: list[Backup]) -> str:
    """A line for each."""
    return "".join(f"\n  {one['id']}: {_database(one)}{one.get('files', '?')} media files" for one in backups)


def _database(one: Backup) -> str:
    if "system" not in one:
        return ""
    return f"database system {one['system']}, timeline {one['timeline']}, {one.get('bytes', '?')} bytes of database, "
