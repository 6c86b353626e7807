"""Waits until the database lets Synapse in, and until no other Synapse is connected: two on one database corrupt it.

usage: wait-for-database.py HOMESERVER.YAML [COMMAND…], which is then run in its place, alone on the volume; the password in PGPASSWORD
"""
import fcntl
import os
import signal
import sys
import time

import psycopg2

import database

# The first process of a container is not ended by a signal that it does not handle.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

arguments = database.arguments(sys.argv[1])
COMMAND = sys.argv[2:]
VOLUME = os.environ.get("VOLUME", "/data")
OTHERS = "SELECT count(*), min(client_addr::text) FROM pg_stat_activity WHERE application_name = %s AND datname = current_database()"


def reason():
    try:
        connection = database.connect(arguments, "wait-for-database")
        with connection.cursor() as cursor:
            cursor.execute(OTHERS, (arguments["application_name"],))
            count, address = cursor.fetchone()
        connection.close()
    except psycopg2.OperationalError as problem:
        hint = "; if it has just changed: PostgreSQL in the cluster takes it from its Secret within two minutes"
        return str(problem).strip() + (hint if "password authentication failed" in str(problem) else "")
    return count and f"another Synapse is connected from {address}; it must end first"


def lock_volume():
    """Two that start at once do not see each other in the database yet. What is run has the lock, and it ends with that."""
    lock = os.open(f"{VOLUME}/synapse.lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("waiting for the volume: another Synapse has it; it must end first", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)
    os.set_inheritable(lock, True)


if COMMAND:
    try:
        lock_volume()
    except OSError as problem:
        print(f"WARNING: {VOLUME} cannot be locked, that Synapse is the only one is seen by the database alone: {problem}", flush=True)
while problem := reason():
    print(f"waiting for the database: {problem}", flush=True)
    time.sleep(1)
if COMMAND:
    os.execvp(COMMAND[0], COMMAND)
