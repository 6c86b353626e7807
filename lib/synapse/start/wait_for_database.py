"""Waits until the database accepts Synapse's login and no other Synapse is connected: two on one would corrupt it."""

import os
import time
from pathlib import Path
from typing import Any

import psycopg2

import database
import schema

VOLUME = os.environ.get("VOLUME", "/data")
OTHERS = (
    "SELECT count(*), min(client_addr::text) FROM pg_stat_activity"
    " WHERE application_name = %s AND datname = current_database()"
)
#: Marks that a move from SQLite has made a part of the tables, and Synapse's own first table.
MOVE = "SELECT to_regclass('sqlite_migration')::text, to_regclass('events')::text"
MOVING = "docs/migration/from-the-original.md"
#: Is there while the program has the steps of a move.
AWAITS_MOVE = Path(__file__).with_name("awaits-move")

#: What may help with a problem that has these words.
HINTS = {
    "password authentication failed": (
        "if it has just changed, PostgreSQL in the cluster reloads it from its Secret within two minutes"
    ),
    "timeout expired": "a network policy may block it: peer and peerPort of Postgres.external are those of its pods",
}


def reason(arguments: dict[str, Any]) -> str | None:
    """Returns why Synapse cannot start yet, or None when it can."""
    try:
        connection = database.connect(arguments, "wait-for-database")
        with connection.cursor() as cursor:
            cursor.execute(OTHERS, (arguments["application_name"],))
            count, address = cursor.fetchone()
            cursor.execute(MOVE)
            half, tables = cursor.fetchone()
            if tables:
                schema.of_database(cursor, schema.known())
        connection.close()
    except psycopg2.OperationalError as problem:
        said = " ".join(str(problem).split())
        return "; ".join([said, *(hint for words, hint in HINTS.items() if words in said)])
    if count:
        return f"another Synapse is connected from {address}; it must stop first"
    if half:
        return f"it has only a part of what SQLite had: run the next step of the move, or the step back, see {MOVING}"
    if not tables and has_sqlite():
        return f"it is empty, but {VOLUME} has an SQLite database: move that first, see {MOVING}"
    if not tables and AWAITS_MOVE.exists():
        return f"it is empty until the move that the program has; without one, take SqliteMigration out, see {MOVING}"
    return None


def has_sqlite() -> bool:
    """Returns whether a Synapse has run on SQLite here. An empty server in its place would look like data loss."""
    file = Path(VOLUME) / "homeserver.db"
    return file.exists() and file.stat().st_size > 0


def wait(arguments: dict[str, Any]) -> None:
    """Waits, and says why each time that the reason is another one."""
    said = None
    while why := reason(arguments):
        if why != said:
            print(f"waiting for the database: {why}", flush=True)
        said = why
        # People wait as well, and the one before has just gone.
        time.sleep(0.2)
