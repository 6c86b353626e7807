"""The database that an operator has restored for a drill, and the running one that it is compared with."""

import base64
import os
from typing import Any

import psycopg2

from matrix_backups import drill_cluster
from matrix_backups.mounts import CONNECTION, RUNNING
from matrix_backups.problem import Problem
from matrix_backups.settings import Recovery

PASSFILE, CA = CONNECTION / "passfile", CONNECTION / "ca.crt"
#: Seconds of messages that an archive may lack: it gets the WAL of every minute.
LIMIT = 3600
#: Rows from before a moment. Later ones may have been written by a slower process, or be deleted meanwhile.
ROWS = """SELECT (SELECT count(*) FROM public.users WHERE creation_ts < %(moment)s / 1000),
  (SELECT count(*) FROM public.events WHERE stream_ordering > 0 AND received_ts < %(moment)s),
  (SELECT count(*) FROM public.local_media_repository WHERE created_ts < %(moment)s)"""
COUNTED = ("users", "events", "media")
#: The newest message, and how much earlier than it a row must be to be counted, in milliseconds.
NEWEST = "SELECT stream_ordering, received_ts FROM public.events ORDER BY stream_ordering DESC LIMIT 1"
MARGIN = 60_000
#: Seconds since the oldest message after a position.
AGE = """SELECT coalesce(extract(epoch FROM clock_timestamp()) - min(received_ts) / 1000.0, 0)::float8
  FROM public.events WHERE stream_ordering > %s"""


def connect_to(cluster: str, user: str) -> None:
    """Notes for the next steps how they connect to the restored database."""
    words = {
        name: base64.b64decode(drill_cluster.secret(f"{cluster}-{kind}")["password"]).decode()
        for name, kind in ((user, "app"), ("postgres", "superuser"))
    }
    CA.write_bytes(base64.b64decode(drill_cluster.secret(f"{cluster}-ca")["ca.crt"]))
    # libpq ignores a file that others can read.
    with os.fdopen(os.open(PASSFILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"*:*:*:{_escaped(name)}:{_escaped(word)}\n" for name, word in words.items())


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:")


def restored(recovery: Recovery) -> dict[str, Any]:
    """Parameters of libpq for the restored database."""
    more = {"host": f"{recovery.cluster}-rw", "passfile": str(PASSFILE), "sslrootcert": str(CA)}
    return _parameters(recovery) | more


def running(recovery: Recovery) -> dict[str, Any]:
    """Parameters of libpq for the running database, which is only read."""
    password = (RUNNING / "password").read_text(encoding="utf-8").strip()
    more = {"host": recovery.host, "password": password, "sslrootcert": str(RUNNING / "ca.crt")}
    return _parameters(recovery) | more | {"options": "-c default_transaction_read_only=on"}


def _parameters(recovery: Recovery) -> dict[str, Any]:
    names = {"port": recovery.port, "dbname": recovery.name, "user": recovery.user}
    return {**names, "sslmode": "verify-full", "connect_timeout": 10}


def compare(recovery: Recovery) -> float:
    """Compares the restored database with the running one, and returns the recovery point in seconds.

    That is the age of the oldest message that the restored one lacks, 0 if none. The recovery itself counts too.
    """
    here, there = psycopg2.connect(**restored(recovery)), psycopg2.connect(**running(recovery))
    try:
        with here.cursor() as mine, there.cursor() as theirs:
            return _compared(mine, theirs)
    finally:
        here.close()
        there.close()


def _compared(mine: Any, theirs: Any) -> float:
    if not (_one(theirs, "SELECT to_regclass('public.events') IS NOT NULL")[0]):
        return 0
    if not (_one(mine, "SELECT to_regclass('public.events') IS NOT NULL")[0]):
        raise Problem("the tables of Synapse are missing in the restored database")
    newest, received = _one(mine, NEWEST) or (0, 0)
    point = float(_one(theirs, AGE, (newest,))[0])
    if point > LIMIT:
        raise Problem(
            f"the messages of the last {point / 60:.0f} minutes are not in the archive of the database: its WAL does "
            "not get there. See docs/how-to/replicated-database.md#if-a-drill-fails"
        )
    moment = {"moment": received - MARGIN}
    counts = zip(COUNTED, _one(mine, ROWS, moment), _one(theirs, ROWS, moment), strict=True)
    if less := [f"{name} {found} instead of {known}" for name, found, known in counts if found < known]:
        raise Problem(f"rows are missing in the restored database: {', '.join(less)}")
    return point


def _one(cursor: Any, query: str, values: Any = ()) -> Any:
    cursor.execute(query, values)
    return cursor.fetchone()
