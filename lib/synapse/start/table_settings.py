"""Has PostgreSQL clean the large tables of Synapse in time: by default it waits until a fifth of a table has changed.

Tables are there from the second start of a new Synapse on. What an operator has set stays.
https://www.postgresql.org/docs/17/sql-createtable.html#SQL-CREATETABLE-STORAGE-PARAMETERS
"""

from typing import Any

import psycopg2

import database

#: Share of a table that is dead, new or changed before it is vacuumed or analysed.
SHARE = "0.02"
PARAMETERS = (
    "autovacuum_vacuum_scale_factor",
    "autovacuum_vacuum_insert_scale_factor",
    "autovacuum_analyze_scale_factor",
)
#: Tables that grow with the history, or whose rows come and go with each message.
TABLES = (
    "device_federation_outbox",
    "device_inbox",
    "device_lists_changes_in_room",
    "device_lists_outbound_pokes",
    "e2e_one_time_keys_json",
    "event_auth",
    "event_edges",
    "event_json",
    "event_push_actions",
    "event_search",
    "event_to_state_groups",
    "events",
    "receipts_linearized",
    "room_memberships",
    "state_events",
    "state_groups_state",
    "user_ips",
)
FOUND = (
    "SELECT relname, coalesce(reloptions, '{}') FROM pg_class"
    " WHERE relkind = 'r' AND pg_table_is_visible(oid) AND relname = ANY(%s) ORDER BY relname"
)
#: Longer than the second after which PostgreSQL ends an automatic vacuum that is in the way.
LOCK = "2s"


def missing(options: list[str]) -> list[str]:
    """Returns the parameters that a table does not have."""
    given = [option.partition("=")[0] for option in options]
    return [name for name in PARAMETERS if name not in given]


def apply(arguments: dict[str, Any]) -> None:
    """Sets what is missing. Nothing that goes wrong keeps Synapse from starting: the next start tries again."""
    try:
        connection = database.connect(arguments, "table-settings")
        with connection.cursor() as cursor:
            cursor.execute(FOUND, (list(TABLES),))
            tables = {name: wanted for name, options in cursor.fetchall() if (wanted := missing(options))}
            # It hinders neither reading nor writing. The first lock that is taken ends it, so that no start is late.
            cursor.execute(f"SET lock_timeout = '{LOCK}'")
            for name, wanted in tables.items():
                cursor.execute(f"ALTER TABLE {name} SET ({', '.join(f'{one} = {SHARE}' for one in wanted)})")
        connection.close()
    except psycopg2.Error as problem:
        said = " ".join(str(problem).split())
        print(f"WARNING: autovacuum of large tables was not set, the next start tries again: {said}", flush=True)
        return
    if tables:
        print(f"autovacuum was set for {len(tables)} tables", flush=True)
