"""`backup store`: stores a base backup, media, Secrets and configuration.

Media are read after the database was copied, so that every row has its file. The snapshot with the manifest is made
last: only then the backup is listed.
Environment: ACCEPT_FEWER_MEDIA=yes accepts that most media are gone.
"""

import json
import os
import time
from typing import Any

from matrix_backups import files, installation, locks, metrics, repository, sample, staging, wal_archive
from matrix_backups.facts import content
from matrix_backups.media import Media
from matrix_backups.mounts import BACKUP, CONFIG, ESCROWED, SECRETS
from matrix_backups.problem import Problem
from matrix_backups.restic import restic
from matrix_backups.settings import Settings

WORK = BACKUP / "work"


def run(settings: Settings) -> None:
    """Makes a backup of the whole system, or of all but a database that is managed elsewhere."""
    if not settings.database:
        with locks.staging("backup"):
            _store(settings, {}, {})
        return
    with staging.taken_over("backup", WORK.name) as copied:
        _store(settings, copied, content(files.read(staging.notes(WORK.name) / "facts.json")))


def _store(settings: Settings, copied: dict[str, str], database: dict[str, Any]) -> None:
    repository.ensure(settings)
    with locks.in_use():
        snapshots = repository.snapshots(settings)
        installation.check_ours(settings, snapshots)
        media = Media(settings, snapshots)
        # Without WAL, only this tag names the installation.
        facts = copied or {"spool": installation.name()}
        facts["files"] = str(media.count())
        backup_id = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        sampled = media.sample()
        base = [WORK / "base"] if copied else []
        data, unread = repository.store(
            settings, [*base, *media.folders, SECRETS, CONFIG], ["data", f"for={backup_id}"]
        )
        # A file that was deleted meanwhile belongs to no message any more.
        if lost := [path for path in unread if os.path.lexists(path)]:
            raise Problem(f"{len(lost)} files could not be read, so no backup is made; the first is {lost[0]}")
        sealed = wal_archive.upload(settings, ("sealed", f"for={backup_id}")) if copied else {}
        facts = {"id": backup_id, "data": data, **facts}
        manifest = {**_manifest(settings), **facts, **media.known(database), "sample": sample.hashes(sampled)}
        _list(settings, facts, manifest)
    of_database = f"{facts['bytes']} bytes of database, " if copied else ""
    print(f"backup: backup {backup_id} is complete: {of_database}{media.described(facts['files'])}", flush=True)
    repository.LAST.write_text(backup_id, encoding="utf-8")
    if copied:
        wal_archive.forget(sealed, facts["system"], facts["first"])
    _note(facts)


def _manifest(settings: Settings) -> dict[str, Any]:
    images = {"postgres": settings.images.postgres, "synapse": settings.images.synapse}
    there = {name: image for name, image in images.items() if image}
    return {"format": 2, "serverName": settings.server_name, "images": there}


def _list(settings: Settings, facts: dict[str, str], manifest: dict[str, Any]) -> None:
    """Stores the manifest, which makes the snapshots a backup."""
    tags = ",".join(["set", *(f"{name}={value}" for name, value in facts.items())])
    marks = ["--host", settings.server_name, "--tag", tags, "--stdin", "--stdin-filename", "manifest.json"]
    restic("backup", *marks, text=json.dumps(manifest))


def _note(facts: dict[str, str]) -> None:
    database = {"database_bytes": int(facts["bytes"])} if "bytes" in facts else {}
    values = {"last_success_timestamp_seconds": time.time(), **database, "media_files": int(facts["files"])}
    metrics.write("backup", values)
    if not ESCROWED.exists():
        print(
            "backup: WARNING: it is not confirmed that the repository password is stored outside this cluster. "
            "Without it no backup can be opened. Store it and confirm that: docs/operations/backup.md",
            flush=True,
        )
