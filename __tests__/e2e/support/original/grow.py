"""Copies the messages in homeserver.db until the file is so large: `python3 - MEGABYTES`. Prints its tables and size.

A copy is an event of its own at the place of the message in its room, some milliseconds later and with the ID that follows
from its content: Synapse takes no other.
"""

import json
import os
import sqlite3
import sys

from synapse.api.room_versions import KNOWN_ROOM_VERSIONS
from synapse.events import make_event_from_dict

FILE = "/data/homeserver.db"
#: What Synapse has of a message that is not state.
TABLES = ("events", "event_json", "event_edges", "event_to_state_groups", "event_search")
MESSAGES = """SELECT event_id, room_version, json FROM events JOIN event_json USING (event_id)
JOIN rooms ON rooms.room_id = events.room_id WHERE type = 'm.room.message' ORDER BY stream_ordering"""

opened = sqlite3.connect(FILE, timeout=60, isolation_level=None)
messages = [(old, KNOWN_ROOM_VERSIONS[version], json.loads(text)) for old, version, text in opened.execute(MESSAGES)]
opened.execute("CREATE TEMP TABLE copies (old TEXT PRIMARY KEY, new TEXT, place INTEGER, text TEXT)")


def copy(later: int) -> None:
    """Copies every message once."""
    # Synapse writes meanwhile: what was read before its last writing could not be followed by ours.
    opened.execute("BEGIN IMMEDIATE")
    place = opened.execute("SELECT max(stream_ordering) FROM events").fetchone()[0]
    opened.execute("DELETE FROM temp.copies")
    for old, version, event in messages:
        place += 1
        made = {**event, "origin_server_ts": event["origin_server_ts"] + later}
        new = make_event_from_dict(dict(made), version).event_id
        opened.execute("INSERT INTO temp.copies VALUES (?, ?, ?, ?)", (old, new, place, json.dumps(made)))
    other = {
        "event_id": "new",
        "stream_ordering": "place",
        "json": "text",
        "origin_server_ts": f"t.origin_server_ts + {later}",
    }
    for table in TABLES:
        columns = [row[1] for row in opened.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(other.get(column, f"t.{column}") for column in columns)
        opened.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} t JOIN temp.copies c"
            " ON t.event_id = old"
        )
    opened.execute("COMMIT")


rounds = 0
while os.path.getsize(FILE) < int(sys.argv[1]) * 1_000_000:
    rounds += 1
    copy(rounds)
tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
rows = {name: opened.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
for name, count in sorted(rows.items(), key=lambda one: -one[1])[:12]:
    print(f"{name}: {count}")
print(f"{os.path.getsize(FILE) / 1e6:.0f} MB, {sum(rows.values())} rows")
