"""`update`: brings the copy to the schema of this Synapse and finishes its background updates."""

import time
from pathlib import Path

from matrix_migration import place, source, writers
from matrix_migration.problem import Problem
from matrix_migration.settings import Settings


def run(settings: Settings) -> None:
    """Runs Synapse's own program on the copy, which goes on where it was killed."""
    writers.stop_check(settings)
    found = place.require(settings, place.COPIED)
    if found["step"] != place.COPIED:
        print("update: was done before")
        return
    place.check_unchanged(settings, found)
    began = time.monotonic()
    database = {"name": "sqlite3", "args": {"database": str(place.copy())}}
    config = source.settings_file(database)
    unfinished = facts(place.copy())[1]
    command = ["update_synapse_database", "--database-config", str(config), "--run-background-updates"]
    source.run(command, place.folder() / "update.log")
    schema, left = facts(place.copy())
    if left:
        raise Problem(f"{left} background updates are unfinished: run this again; sqlite-migration/update.log has more")
    place.note({**found, "step": place.UPDATED})
    took = time.monotonic() - began
    print(
        f"update: schema {found['schema']} became {schema} in {took:.0f} s, and of {unfinished} unfinished background "
        "updates none is left"
    )


def facts(path: Path) -> tuple[int, int]:
    """Returns the schema of a database, and how many of its background updates are unfinished."""
    opened = source.connect(path)
    schema = int(opened.execute("SELECT version FROM schema_version").fetchone()[0])
    unfinished = source.count(opened, "background_updates")
    opened.close()
    return schema, unfinished
