"""Waits until the database lets Synapse in, and until no other Synapse is connected: two on one database corrupt it.

usage: wait_for_database.py HOMESERVER.YAML [COMMAND…], which is then run in its place, alone on the volume
PGPASSWORD is the password.
"""

import fcntl
import os
import signal
import sys
import time
from typing import Any

import psycopg2

import database

VOLUME = os.environ.get("VOLUME", "/data")
OTHERS = (
    "SELECT count(*), min(client_addr::text) FROM pg_stat_activity"
    " WHERE application_name = %s AND datname = current_database()"
)


def reason(arguments: dict[str, Any]) -> str | None:
    """Why Synapse cannot start yet."""
    try:
        connection = database.connect(arguments, "wait-for-database")
        with connection.cursor() as cursor:
            cursor.execute(OTHERS, (arguments["application_name"],))
            count, address = cursor.fetchone()
        connection.close()
    except psycopg2.OperationalError as problem:
        hint = "; if it has just changed: PostgreSQL in the cluster reloads it from its Secret within two minutes"
        return str(problem).strip() + (hint if "password authentication failed" in str(problem) else "")
    return f"another Synapse is connected from {address}; it must end first" if count else None


def lock_volume() -> None:
    """Two that start at once do not see each other in the database yet. The lock ends with the command."""
    lock = os.open(f"{VOLUME}/synapse.lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("waiting for the volume: another Synapse has it; it must end first", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)
    os.set_inheritable(lock, True)


def main(homeserver: str, *command: str) -> None:
    """Waits, and then runs the command."""
    # The first process of a container is not ended by a signal that it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    arguments = database.arguments(homeserver)
    if command:
        try:
            lock_volume()
        except OSError as problem:
            print(
                f"WARNING: {VOLUME} cannot be locked, another Synapse is only seen in the database: {problem}",
                flush=True,
            )
    while why := reason(arguments):
        print(f"waiting for the database: {why}", flush=True)
        time.sleep(1)
    if command:
        os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
