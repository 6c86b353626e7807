"""`compare`: proves that PostgreSQL has what SQLite had, and then lets Synapse start."""

import hashlib
import sqlite3
import time
from collections.abc import Iterable
from typing import Any

from matrix_migration import place, source, writers
from matrix_migration.problem import Problem
from matrix_migration.settings import Settings
from matrix_migration.target import MARK, PROGRESS, Target
from matrix_migration.written import written

#: What Synapse derives itself, and what says how far each database is.
DERIVED = (
    "applied_module_schemas",
    "applied_schema_deltas",
    "background_updates",
    "schema_compat_version",
    "schema_version",
    "user_directory",
    "user_directory_stream_pos",
    "users_in_public_rooms",
    "users_who_share_private_rooms",
)
#: Compared value by value: messages, state of all rooms, memberships, people, tokens, devices and their keys, files.
WHOLE = {
    "event_json": "event_id, json",
    "events": "event_id, stream_ordering",
    "current_state_events": "room_id, type, state_key, event_id",
    "room_memberships": "event_id, membership",
    "users": "name, password_hash",
    "access_tokens": "token, user_id",
    "devices": "user_id, device_id",
    "e2e_device_keys_json": "user_id, device_id, key_json",
    "receipts_linearized": "room_id, receipt_type, user_id, event_id",
    "account_data": "user_id, account_data_type, content",
    "room_account_data": "user_id, room_id, account_data_type, content",
    "local_media_repository": "media_id, media_length",
}


def run(settings: Settings) -> None:
    """Compares, unless that is done."""
    writers.stop_check(settings)
    found = place.require(settings, place.PORTED)
    if found["step"] == place.COMPARED:
        release(Target())
        print("compare: was done before")
        return
    place.check_unchanged(settings, found)
    began = time.monotonic()
    target = Target()
    opened = source.connect(place.copy())
    counted = check_counts(opened, target)
    check_whole(opened, target)
    missing = missing_files(settings, opened)
    opened.close()
    place.note({**found, "step": place.COMPARED, "written": written(target)})
    release(target)
    print(
        f"compare: {counted[0]} tables with {counted[1]} rows are equal, {len(WHOLE)} of them value by value, in "
        f"{time.monotonic() - began:.0f} s; {missing} media files are missing, as they were before. Synapse may start"
    )


def release(target: Target) -> None:
    """Lets Synapse start."""
    target.run(f"DROP TABLE IF EXISTS {PROGRESS}; DROP TABLE IF EXISTS {MARK}")


def check_counts(opened: sqlite3.Connection, target: Target) -> tuple[int, int]:
    """Returns how many tables and rows there are. Fails when a table differs."""
    tables = [table for table in source.tables(opened) if table not in DERIVED]
    counts = {table: source.count(opened, table) for table in tables}
    there = {name for (name,) in target.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    # A table that this Synapse no longer has is of no use to it.
    here = {table: rows for table, rows in counts.items() if table in there or rows}
    other = {table: target.one(f'SELECT count(*) FROM "{table}"') if table in there else 0 for table in here}
    wrong = [f"{table} ({rows} and {other[table]})" for table, rows in here.items() if rows != other[table]]
    if wrong:
        raise different(f"rows in SQLite and PostgreSQL: {', '.join(wrong)}")
    return len(here), sum(here.values())


def check_whole(opened: sqlite3.Connection, target: Target) -> None:
    """Fails when the values of an important table differ."""
    for table, columns in WHOLE.items():
        query = f"SELECT {columns} FROM {table} ORDER BY {columns}"
        cursor = target.cursor(f"whole_{table}")
        cursor.itersize = 5000
        cursor.execute(query)
        if digest(opened.execute(query)) != digest(cursor):
            raise different(f"the values in {table}")
        cursor.close()


def digest(rows: Iterable[Any]) -> str:
    """Returns one checksum of all rows."""
    sum_ = hashlib.sha256()
    for row in rows:
        for value in row:
            # PostgreSQL cannot hold the character 0, for which the port writes a replacement.
            text = value if isinstance(value, bytes) else str(value).encode()
            sum_.update(text.replace(b"\0", b"\xef\xbf\xbd") + b"\x1f")
        sum_.update(b"\x1e")
    return sum_.hexdigest()


def missing_files(settings: Settings, opened: sqlite3.Connection) -> int:
    """Returns how many files the database names and the claim does not have."""
    content = place.DATA / settings.media_store / "local_content"
    names = [
        str(name, "utf-8")
        for (name,) in opened.execute("SELECT media_id FROM local_media_repository WHERE url_cache IS NULL")
    ]
    return sum(not (content / name[:2] / name[2:4] / name[4:]).exists() for name in names)


def different(what: str) -> Problem:
    """Returns the problem of databases that are not equal."""
    return Problem(
        f"PostgreSQL differs from SQLite in {what}. Synapse does not start on it: run the step back, then move again"
    )
