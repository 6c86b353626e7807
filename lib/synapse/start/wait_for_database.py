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

#: How a reason begins that is another Synapse.
OTHER = "another Synapse"
#: Only one session has this lock: two Synapses that start at once do not see each other's sessions yet.
LOCK = "SELECT pg_try_advisory_lock(20260101, 1)"
#: The session of this process that has it, until the process ends.
kept: list[Any] = []

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
        return away(problem)
    if count:
        return f"{OTHER} is connected from {address}; it must stop first"
    if half:
        return f"it has only a part of what SQLite had: run the next step of the move, or the step back, see {MOVING}"
    if not tables and has_sqlite():
        return f"it is empty, but {VOLUME} has an SQLite database: move that first, see {MOVING}"
    if not tables and AWAITS_MOVE.exists():
        return f"it is empty until the move that the program has; without one, take SqliteMigration out, see {MOVING}"
    return None


def kept_by_another(arguments: dict[str, Any]) -> str | None:
    """Keeps other Synapses off the database until this process ends; returns why that cannot be done."""
    try:
        connection = database.connect(arguments, "synapse-lock")
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
            (locked,) = cursor.fetchone()
    except psycopg2.OperationalError as problem:
        return away(problem)
    if locked:
        kept.append(connection)
        return None
    connection.close()
    return f"{OTHER} has just begun; it must stop first"


def away(problem: psycopg2.OperationalError) -> str:
    """Returns what the driver said as one line, with what may help."""
    said = " ".join(str(problem).split())
    return "; ".join([said, *(hint for words, hint in HINTS.items() if words in said)])


def has_sqlite() -> bool:
    """Returns whether a Synapse has run on SQLite here. An empty server in its place would look like data loss."""
    file = Path(VOLUME) / "homeserver.db"
    return file.exists() and file.stat().st_size > 0


def wait(arguments: dict[str, Any], beside: bool = False) -> str | None:
    """Waits until Synapse can start, or with `beside` until only another one is in its way; returns that reason."""
    said = None
    while why := reason(arguments) or (None if beside else kept_by_another(arguments)):
        if beside and why.startswith(OTHER):
            return why
        if why != said:
            print(f"waiting for the database: {why}", flush=True)
        said = why
        # People wait as well, and the one before has just gone.
        time.sleep(0.2)
    return None
