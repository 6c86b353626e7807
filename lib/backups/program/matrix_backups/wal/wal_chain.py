"""Finds the snapshots with the WAL from a backup to a moment."""

from matrix_backups.catalog import Backup, Snapshot, began


def newest_of_archives(snapshots: list[Snapshot]) -> dict[str, str]:
    """{name of a WAL archive: id of its newest snapshot}"""
    return {one.facts["spool"]: one.id for one in snapshots if "wal" in one.tags}


def wal_since(snapshots: list[Snapshot], since: str) -> list[Snapshot]:
    """Snapshots with all WAL since that time: the sealed ones, and the newest of each archive."""
    newest = newest_of_archives(snapshots)
    return [
        one
        for one in snapshots
        if "wal" in one.tags and one.time >= since and ("sealed" in one.tags or one.id == newest[one.facts["spool"]])
    ]


def wal_for(snapshots: list[Snapshot], backup: Backup, time: str | None = None) -> list[Snapshot]:
    """Snapshots with the WAL from a backup to a moment, or to the end."""
    needed: list[Snapshot] = []
    complete: set[str] = set()
    for one in wal_since(snapshots, began(snapshots, backup)):
        archive = one.facts["spool"]
        if archive not in complete:
            needed.append(one)
        # A later sealed snapshot holds all WAL of its archive up to its own time.
        if time and "sealed" in one.tags and one.time[:19] > time[:19]:
            complete.add(archive)
    return needed


def wal_bytes(snapshots: list[Snapshot], backup: Backup, time: str | None = None) -> int:
    """The size of that WAL, compressed as it is fetched."""
    return sum(one.size for one in wal_for(snapshots, backup, time))
