"""Notices an out-of-band restore of the database: one-time keys could then be handed out twice.

A token stands in the database and on Synapse's claim, and becomes another one at each start and each orderly stop. A
database that was put back has an older one. What this cannot see: both put back together, and a moment since the last
start when Synapse was then killed.

usage: epoch_guard.py check HOMESERVER.YAML empty|refuse PSQL    before Synapse starts; PSQL is an operator's command
       epoch_guard.py note HOMESERVER.YAML                       before Synapse ends
"""

import os
import secrets
import sys
import threading
from typing import Any, NoReturn

import psycopg2

import database
import epoch
from epoch import State, difference, last_seen, was_promoted, write

TABLE = "e2e_one_time_keys_json"
SYSTEM = "SELECT system_identifier::text FROM pg_control_system()"
# The checkpoint, where timelines usually are looked up, may be of the one before for minutes.
TIMELINE = "SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)"
EXCHANGED = "the database was put back or exchanged by other means than the restore Job"


class Guard:
    """Compares the database with what was last seen of it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def _answer(self, query: str) -> Any:
        """None where the server keeps it to itself, as managed ones may."""
        with self._connection.cursor() as cursor:
            try:
                cursor.execute(query)
                return cursor.fetchone()[0]
            except psycopg2.DatabaseError:
                if self._connection.closed:
                    raise
                return None

    def _look(self) -> State | None:
        """What the database says of itself; nothing before Synapse has made its tables."""
        if not self._answer(f"SELECT to_regclass('{TABLE}')::text"):
            return None
        comment = self._answer(f"SELECT obj_description('{TABLE}'::regclass, 'pg_class')") or ""
        token = comment.removeprefix("epoch ") if comment.startswith("epoch ") else None
        accepted = comment == "accepted"
        return {
            "token": token,
            "accepted": accepted,
            "system": self._answer(SYSTEM),
            "timeline": self._answer(TIMELINE),
        }

    def _note(self, seen: State, now: State, running: bool, empty: bool = False) -> None:
        token = secrets.token_hex(8)
        # Whenever this is broken off, the token in the database is one of the two; or the keys are not emptied yet,
        # and it stays unknown.
        write({**seen, **({} if empty else {"token": now["token"]}), "next": token})
        with self._connection.cursor() as cursor:
            # One message, and so one transaction.
            truncate = f"TRUNCATE {TABLE};" if empty else ""
            cursor.execute(f"{truncate} COMMENT ON TABLE {TABLE} IS 'epoch {token}'")
        write({"system": now["system"], "timeline": now["timeline"], "token": token, "running": running})

    def check(self, remedy: str, psql: str) -> str:
        """Before Synapse starts: what was found, and done."""
        seen, now = last_seen(), self._look()
        if now is None:
            # Without tables there are no keys: what was seen before counts no more.
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
            failover = f"timeline {now['timeline']}, by a failover"
            outcome = failover if was_promoted(seen, now) else "the database is as Synapse left it"
        try:
            self._note(seen, now, running=True, empty=empty)
        except OSError as problem:
            # A volume that is full of media is no reason to stay down.
            if empty:
                raise
            outcome += f", but it is not noted: {problem}"
        return outcome

    def end(self) -> None:
        """Before Synapse ends."""
        seen, now = last_seen(), self._look()
        # What is to be noticed at the next start must stay. A timeline that Synapse lived through is taken for a
        # failover.
        if now and "explained" not in seen and not difference(seen, now, orderly=True):
            self._note(seen, now, running=False)


def refuse(reason: str, psql: str) -> NoReturn:
    """Keeps Synapse from starting."""
    raise SystemExit(
        f"epoch-guard: REFUSED: {EXCHANGED}: {reason}. Keys could be handed out twice, and messages be unreadable. "
        f"To accept it, with one-time keys emptied: {psql} -c \"COMMENT ON TABLE {TABLE} IS 'accepted'\""
    )


def connected(homeserver: str, limit: str) -> Any:
    """A connection whose statements take no longer."""
    made = database.connect(database.arguments(homeserver), "epoch-guard")
    with made.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{limit}'; SET statement_timeout = '{limit}'")
    return made


def note_and_exit(homeserver: str) -> NoReturn:
    """Nothing keeps Synapse from ending, as a name that is not resolved would for longer than any limit."""
    threading.Timer(8, os._exit, [0]).start()
    try:
        Guard(connected(homeserver, "3s")).end()
    except Exception as problem:
        print(f"epoch-guard: not noted, which makes the next start look closer: {problem}", file=sys.stderr, flush=True)
    sys.stdout.flush()
    os._exit(0)


def main(what: str, homeserver: str, *remedy: str) -> None:
    """Checks or notes."""
    if what == "note":
        note_and_exit(homeserver)
    try:
        print(f"epoch-guard: {Guard(connected(homeserver, '60s')).check(*remedy)}")
    except (psycopg2.Error, OSError) as problem:
        raise SystemExit(f"epoch-guard: Synapse does not start, this is tried again in a while: {problem}") from None


if __name__ == "__main__":
    main(*sys.argv[1:])
