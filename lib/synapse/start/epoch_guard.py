"""Notices a database that was put back by other means than the restore Job: one-time keys could then be handed out twice.

A token stands in the database and on Synapse's claim, and becomes another one at each start and each orderly stop. A database that
was put back has an older one. What this cannot see: both put back together, and a moment since the last start when Synapse was then killed.

usage: epoch-guard.py check HOMESERVER.YAML empty|refuse PSQL    before Synapse starts; PSQL is how an operator speaks to the database
       epoch-guard.py note HOMESERVER.YAML                       before Synapse ends
"""
import json
import os
import secrets
import sys
import threading

import psycopg2

import database

FOLDER = "/data"
FILE = f"{FOLDER}/database-epoch.json"
TABLE = "e2e_one_time_keys_json"
SYSTEM = "SELECT system_identifier::text FROM pg_control_system()"
# The checkpoint, where timelines usually are looked up, may be of the one before for minutes.
TIMELINE = "SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)"


def last_seen():
    try:
        with open(FILE) as file:
            return json.load(file)
    except (FileNotFoundError, ValueError):
        return {}


def write(state):
    with open(f"{FILE}.new", "w") as file:
        json.dump(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{FILE}.new", FILE)
    folder = os.open(FOLDER, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def answer(query):
    """None where the server keeps it to itself, as managed ones may."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(query)
            return cursor.fetchone()[0]
        except psycopg2.DatabaseError:
            if connection.closed:
                raise


def look():
    """What the database says of itself; nothing before Synapse has made its tables."""
    if answer(f"SELECT to_regclass('{TABLE}')::text"):
        comment = answer(f"SELECT obj_description('{TABLE}'::regclass, 'pg_class')") or ""
        token = comment.removeprefix("epoch ") if comment.startswith("epoch ") else None
        return {"token": token, "accepted": comment == "accepted", "system": answer(SYSTEM), "timeline": answer(TIMELINE)}


def was_promoted(seen, now):
    return None not in (seen.get("timeline"), now["timeline"]) and seen["timeline"] != now["timeline"]


def difference(seen, now, orderly):
    """What nothing explains. Where neither side has a token they have not met before."""
    if now["token"] not in (seen.get("token"), seen.get("next", seen.get("token"))):
        return f"its token is {now['token'] or 'missing'}, the last one was {seen.get('token') or 'not kept'}"
    if None not in (seen.get("system"), now["system"]) and seen["system"] != now["system"]:
        return f"it is system {now['system']}, the last one was {seen['system']}"
    if was_promoted(seen, now) and not orderly:
        return f"it is on timeline {now['timeline']}, not {seen['timeline']}, and Synapse did not end in order"


def note(seen, now, running, empty=False):
    token = secrets.token_hex(8)
    # Whenever this is broken off, the token in the database is one of the two; or the keys are not emptied yet, and it stays unknown.
    write({**seen, **({} if empty else {"token": now["token"]}), "next": token})
    with connection.cursor() as cursor:
        # One message, and so one transaction.
        cursor.execute(f"{f'TRUNCATE {TABLE};' if empty else ''} COMMENT ON TABLE {TABLE} IS 'epoch {token}'")
    write({"system": now["system"], "timeline": now["timeline"], "token": token, "running": running})


def check(remedy, psql):
    seen, now = last_seen(), look()
    if now is None:
        # Without tables there are no keys: what was seen before counts no more.
        if os.path.exists(FILE):
            os.remove(FILE)
        return "the database is new"
    reason = difference(seen, now, not seen.get("running"))
    empty = True
    if "explained" in seen:
        outcome = f"after the restore of {seen['explained']}: one-time keys are emptied"
    elif now["accepted"]:
        outcome = "the database was accepted as it is: one-time keys are emptied"
    elif reason and remedy == "refuse":
        raise SystemExit(
            f"epoch-guard: REFUSED: the database was put back or exchanged by other means than the restore Job: {reason}. Keys could be handed "
            f"out twice, and messages be unreadable. To accept it, with one-time keys emptied: {psql} -c \"COMMENT ON TABLE {TABLE} IS 'accepted'\"")
    elif reason:
        outcome = f"WARNING: the database was put back or exchanged by other means than the restore Job: {reason}. One-time keys are emptied"
    else:
        empty = False
        outcome = "timeline {timeline}, by a failover".format(**now) if was_promoted(seen, now) else "the database is as Synapse left it"
    try:
        note(seen, now, running=True, empty=empty)
    except OSError as problem:
        # A volume that is full of media is no reason to stay down.
        if empty:
            raise
        outcome += f", but it is not noted: {problem}"
    return outcome


def end():
    seen, now = last_seen(), look()
    # What is to be noticed at the next start must stay. A timeline that Synapse lived through is taken for a failover.
    if now and "explained" not in seen and not difference(seen, now, orderly=True):
        note(seen, now, running=False)


def connected(limit):
    made = database.connect(database.arguments(sys.argv[2]), "epoch-guard")
    with made.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{limit}'; SET statement_timeout = '{limit}'")
    return made


if sys.argv[1] == "note":
    # Nothing keeps Synapse from ending: a name that is not resolved would, for longer than any limit of the database.
    threading.Timer(8, os._exit, [0]).start()
    try:
        connection = connected("3s")
        end()
    except Exception as problem:
        print(f"epoch-guard: not noted, which makes the next start look closer: {problem}", file=sys.stderr)
    os._exit(0)
try:
    connection = connected("60s")
    print(f"epoch-guard: {check(*sys.argv[3:])}")
except (psycopg2.Error, OSError) as problem:
    raise SystemExit(f"epoch-guard: Synapse does not start, this is tried again in a while: {problem}")
