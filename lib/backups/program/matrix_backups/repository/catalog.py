"""The content of the repository: snapshots, and the backups that they make.

The snapshot with the tag `set` holds the manifest of a backup, and its tags describe the backup. The data are in
another snapshot, made before, so a listed backup is complete. Snapshots with the tag `wal` hold the whole WAL archive
of the backup claim. `sealed` ones are kept as long as a backup needs them, and their segments are removed from the
archive.
"""

import dataclasses
from typing import Any

#: The tags of a backup: id, data, files. With a database that is backed up here also finished, system, timeline,
#: first, end and bytes.
Backup = dict[str, str]


@dataclasses.dataclass(frozen=True)
class Snapshot:
    """A snapshot, with its tags as words and as facts (key=value)."""

    id: str
    time: str
    tags: list[str] = dataclasses.field(default_factory=list)
    facts: dict[str, str] = dataclasses.field(default_factory=dict)
    #: Bytes that were read for it.
    size: int = 0


def parsed(one: dict[str, Any]) -> Snapshot:
    """A snapshot as restic lists it."""
    tags = one.get("tags") or []
    # restic leaves out trailing zeros of a fraction, and times are compared as text.
    time = f"{one['time'][:19]}{one['time'][19:-1] or '.':0<10}Z"
    facts = dict(tag.split("=", 1) for tag in tags if "=" in tag)
    size = one.get("summary", {}).get("total_bytes_processed", 0)
    return Snapshot(one["id"], time, [tag for tag in tags if "=" not in tag], facts, size)


def backups_of(snapshots: list[Snapshot]) -> list[Backup]:
    """The backups, oldest first."""
    return [{**one.facts, "manifest": one.id} for one in snapshots if "set" in one.tags]


def with_database(backups: list[Backup]) -> list[Backup]:
    """The backups with a database: one that is managed elsewhere is in no backup."""
    return [one for one in backups if "system" in one]


def dumps_of(snapshots: list[Snapshot]) -> list[Snapshot]:
    """The dumps, oldest first."""
    return [one for one in snapshots if "dump" in one.tags]


def began(snapshots: list[Snapshot], backup: Backup) -> str:
    """The time of the first snapshot that was made for a backup."""
    return min(one.time for one in snapshots if backup["id"] in (one.facts.get("id"), one.facts.get("for")))


def described(backups: list[Backup]) -> str:
    """One line for each backup."""
    return "".join(f"\n  {one['id']}: {_database(one)}{one.get('files', '?')} media files" for one in backups)


def _database(one: Backup) -> str:
    if "system" not in one:
        return ""
    return f"database system {one['system']}, timeline {one['timeline']}, {one.get('bytes', '?')} bytes of database, "
