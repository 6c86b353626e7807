"""Which snapshots hold the WAL that leads from a backup to a moment."""

from matrix_backups.catalog import Backup, Snapshot, began


def newest_of_archives(snapshots: list[Snapshot]) -> dict[str, str]:
    """What each WAL archive has uploaded last: the id of the snapshot, by the name of the archive."""
    return {one.facts["spool"]: one.id for one in snapshots if "wal" in one.tags}


def wal_since(snapshots: list[Snapshot], since: str) -> list[Snapshot]:
    """Snapshots that hold all WAL from then on: the sealed ones, and the newest of each archive."""
    newest = newest_of_archives(snapshots)
    return [
        one
        for one in snapshots
        if "wal" in one.tags and one.time >= since and ("sealed" in one.tags or one.id == newest[one.facts["spool"]])
    ]


def wal_for(snapshots: list[Snapshot], backup: Backup, time: str | None = None) -> list[Snapshot]:
    """Those with the WAL from a backup to a moment, or to the end."""
    needed: list[Snapshot] = []
    complete: set[str] = set()
    for one in wal_since(snapshots, began(snapshots, backup)):
        archive = one.facts["spool"]
        if archive not in complete:
            needed.append(one)
        # One that was sealed later holds all WAL of its archive to then.
        if time and "sealed" in one.tags and one.time[:19] > time[:19]:
            complete.add(archive)
    return needed


def wal_bytes(snapshots: list[Snapshot], backup: Backup, time: str | None = None) -> int:
    """How much there is of it, compressed as it is fetched."""
    return sum(one.size for one in wal_for(snapshots, backup, time))
