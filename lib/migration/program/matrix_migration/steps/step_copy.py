"""`copy`: copies the database with its WAL, and checks the copy. The original is only read."""

import json
import os
import shutil
import sqlite3
import time

from matrix_migration import place, source, step_preflight, writers
from matrix_migration.problem import Problem
from matrix_migration.settings import Settings

#: Schema versions of Synapse: what the one that ports can bring up to date, and its own.
OLDEST, NEWEST = 72, 94


def run(settings: Settings) -> None:
    """Copies, unless that is done."""
    writers.stop_check(settings)
    found = place.state()
    if found["step"] != place.NOTHING:
        place.check_unchanged(settings, found)
        print("copy: was made before, and the original is unchanged")
        return
    size = step_preflight.check_files(settings)
    step_preflight.check_room(size)
    place.folder().mkdir(exist_ok=True)
    for rest in place.folder().iterdir():
        rest.unlink()
    began = time.monotonic()
    checksums = {}
    for path in place.originals(settings):
        suffix = path.name.removeprefix(settings.sqlite)
        to = place.folder() / f"{place.copy().name}{suffix}"
        shutil.copyfile(path, to)
        checksums[path.name] = place.checksum(path)
        if place.checksum(to) != checksums[path.name]:
            raise Problem(
                f"{path} changed while it was copied, or the storage is faulty: end what writes, and run this again"
            )
    facts = check(settings)
    for path in place.folder().iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    place.note({"step": place.COPIED, "checksums": checksums, **facts})
    print(
        f"copy: {size / 1e6:.0f} MB copied and checked in {time.monotonic() - began:.0f} s: {facts['users']} users, "
        f"{facts['rooms']} rooms, {facts['events']} events, schema {facts['schema']}"
    )


def check(settings: Settings) -> dict[str, int]:
    """Takes the WAL of the copy in, and returns facts about it. Fails when it is damaged or of another server."""
    opened = source.connect(place.copy())
    try:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        found = opened.execute("PRAGMA integrity_check(3)")
        problems = ["; ".join(str(row[0], "utf-8").splitlines()) for row in found]
        schema = int(opened.execute("SELECT version FROM schema_version").fetchone()[0])
        one = opened.execute("SELECT name FROM users WHERE name LIKE '@%' LIMIT 1").fetchone()
        facts = {name: source.count(opened, name) for name in ("users", "rooms", "events")}
    except sqlite3.DatabaseError as problem:
        problems = [str(problem)]
    finally:
        opened.close()
    if problems != ["ok"]:
        raise Problem(
            f"the SQLite database is damaged: {'; '.join(problems)}. Nothing was changed. Recover it first "
            "(sqlite3 .recover, or a backup of the claim): a damaged one cannot be moved without loss"
        )
    if one and (name := str(one[0], "utf-8").split(":", 1)[1]) != settings.server_name:
        raise Problem(
            f"the database is that of the server {name}, not of {settings.server_name}: a server name can never "
            f"change, so set serverName to {json.dumps(name)}"
        )
    if not OLDEST <= schema <= NEWEST:
        raise Problem(
            f"the database has schema {schema}, and this Synapse takes {OLDEST} to {NEWEST}: run the original with "
            "an image of a version between once, see docs/migration/from-the-original.md#older-and-newer-versions"
        )
    return {**facts, "schema": schema}
