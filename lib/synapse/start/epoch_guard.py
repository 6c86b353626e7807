"""Detects an out-of-band restore of the database, after which one-time keys could be handed out twice.

A token in the database and on Synapse's claim changes at each start and at each clean shutdown (usage: epoch_guard.py
HOMESERVER.YAML). A restored database has an older token. Not detected: both are restored together; or Synapse was
killed, and the database is restored to a moment after Synapse's last start.
"""

import os
import secrets
import sys
import threading
from typing import Any, NoReturn

import psycopg2

import database
import epoch
import volume
from epoch import State, difference, last_seen, was_promoted, write
from volume_lock import was_taken_by_another

TABLE = "e2e_one_time_keys_json"
EMPTY = f"ALTER TABLE {TABLE} DISABLE TRIGGER USER; TRUNCATE {TABLE}; ALTER TABLE {TABLE} ENABLE TRIGGER USER;"
SYSTEM = "SELECT system_identifier::text FROM pg_control_system()"
# Not from the checkpoint, which may show the previous timeline for minutes after a failover.
TIMELINE = "SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)"
EXCHANGED = "the database was restored or replaced out of band, not by the restore Job"


class Guard:
    """Compares the database with its state as last noted."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def _answer(self, query: str) -> Any:
        """Returns the query's value, or None where the server forbids the query, as managed ones may."""
        with self._connection.cursor() as cursor:
            try:
                cursor.execute(query)
                return cursor.fetchone()[0]
            except psycopg2.DatabaseError:
                if self._connection.closed:
                    raise
                return None

    def _look(self) -> State | None:
        """Returns the state of the database, or None before Synapse has created its tables."""
        if not self._answer(f"SELECT to_regclass('{TABLE}')::text"):
            return None
        comment = self._answer(f"SELECT obj_description('{TABLE}'::regclass, 'pg_class')") or ""
        token = comment.removeprefix("epoch ") if comment.startswith("epoch ") else None
        return {
            "token": token,
            "accepted": comment == "accepted",
            "system": self._answer(SYSTEM),
            "timeline": self._answer(TIMELINE),
        }

    def _note(self, seen: State, now: State, running: bool, empty: bool = False) -> None:
        token = secrets.token_hex(8)
        # If interrupted, the database has one of the two tokens; or an unknown one, until its keys are emptied.
        write({**seen, **({} if empty else {"token": now["token"]}), "next": token})
        with self._connection.cursor() as cursor:
            # One query message, so that all statements are one transaction. A foreign trigger could refuse to empty it.
            cursor.execute(f"{EMPTY if empty else ''} COMMENT ON TABLE {TABLE} IS 'epoch {token}'")
        write({"system": now["system"], "timeline": now["timeline"], "token": token, "running": running})

    def check(self, remedy: str, psql: str) -> str:
        """Checks the database before Synapse starts, and returns what was found and done."""
        seen, now = last_seen(), self._look()
        if now is None:
            # Without tables there are no keys, so an earlier note no longer matters.
            epoch.FILE.unlink(missing_ok=True)
            return "the database is new"
        reason = difference(seen, now, not seen.get("running"))
        empty = True
        if "explained" in seen:
            outcome = f"after the restore of {seen['explained']}: one-time keys are emptied"
        elif now["accepted"]:
            outcome = "the database was accepted as it is: one-time keys are emptied"
        elif reason and remedy == "refuse":
            refuse(reason, psql)
        elif reason:
            outcome = f"WARNING: {EXCHANGED}: {reason}. One-time keys are emptied"
        else:
            empty = False
            failover = f"the database is on timeline {now['timeline']} after a failover"
            outcome = failover if was_promoted(seen, now) else "the database is as Synapse left it"
        try:
            self._note(seen, now, running=True, empty=empty)
        except OSError as problem:
            # A volume full of media must not keep Synapse down.
            if empty:
                raise
            outcome += f", but the new token could not be noted: {problem}"
        return outcome

    def end(self) -> None:
        """Notes the state before Synapse shuts down."""
        seen, now = last_seen(), self._look()
        # A difference that the next start must detect has to stay. A timeline change while Synapse ran is a failover.
        if now and "explained" not in seen and not difference(seen, now, orderly=True):
            self._note(seen, now, running=False)


def refuse(reason: str, psql: str) -> NoReturn:
    """Stops the start of Synapse."""
    raise SystemExit(
        f"epoch-guard: REFUSED: {EXCHANGED}: {reason}. One-time keys could be handed out twice, and messages become "
        "unreadable. To accept the database and empty its one-time keys, run: "
        f"{psql} -c \"COMMENT ON TABLE {TABLE} IS 'accepted'\""
    )


def connected(homeserver: str, limit: str) -> Any:
    """Opens a connection whose statements end after the limit."""
    made = database.connect(database.arguments(homeserver), "epoch-guard")
    with made.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{limit}'; SET statement_timeout = '{limit}'")
    return made


def note_and_exit(homeserver: str) -> NoReturn:
    """Notes the state, and exits after 8 seconds at the latest: resolving a name may take longer than any limit."""
    threading.Timer(8, os._exit, [0]).start()
    try:
        Guard(connected(homeserver, "3s")).end()
    except Exception as problem:
        print(f"epoch-guard: not noted, the next start will see a crash: {problem}", file=sys.stderr, flush=True)
    sys.stdout.flush()
    os._exit(0)


def check(homeserver: str, remedy: str, psql: str) -> None:
    """Checks the database, and says what was found and done.

    @raise SystemExit: when Synapse must not start.
    """
    try:
        volume.check(epoch.FOLDER)
        print(f"epoch-guard: {Guard(connected(homeserver, '60s')).check(remedy, psql)}", flush=True)
    except (psycopg2.Error, OSError) as problem:
        raise SystemExit(f"epoch-guard: Synapse cannot start yet, the check will be retried: {problem}") from None


if __name__ == "__main__":
    # A standby that ends has changed nothing, and the one that took this one's place is running.
    if not was_taken_by_another():
        note_and_exit(sys.argv[1])
