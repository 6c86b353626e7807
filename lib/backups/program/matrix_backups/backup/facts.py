"""Facts that scripts beside PostgreSQL note, checked before they become tags, manifests, paths or requests."""

import json
import re
from typing import Any

from matrix_backups.problem import Problem

#: Of a base backup or a dump, which become tags of its snapshot.
PATTERNS = {
    "finished": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "system": r"\d{1,20}",
    "timeline": r"\d{1,10}",
    "first": r"[0-9A-F]{24}",
    "end": r"[0-9A-F]{1,8}/[0-9A-F]{1,8}",
    "bytes": r"\d{1,18}",
    "postgres": r"\d{1,4}",
}
#: Of the content of a database, by facts.sql.
COUNTED = ("users", "rooms", "events", "media")
#: Matrix allows 255 bytes.
ID = re.compile(r"[^\s\x00-\x1f\x7f]{1,255}")
MEDIA_ID = re.compile(r"[A-Za-z0-9_=-]{5,255}")


def tags(text: str) -> dict[str, str]:
    """The facts of a base backup or dump: a line NAME=VALUE each."""
    found = dict(line.partition("=")[::2] for line in text.splitlines())
    for name, value in found.items():
        if name not in PATTERNS or not re.fullmatch(PATTERNS[name], value, re.ASCII):
            raise Problem(f"the fact {name[:40]!r} of PostgreSQL is not valid: {value[:40]!r}")
    return found


def content(text: str) -> dict[str, Any]:
    """The facts about the content of a database. Empty before Synapse has created its tables."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if found == {}:
        return {}
    if not isinstance(found, dict) or not all(type(found.get(name)) is int for name in COUNTED):
        raise Problem("the facts about the content of the database are not valid: see facts.sql")
    counted = {name: found[name] for name in ("schemaVersion", *COUNTED) if type(found.get(name)) is int}
    # A name that cannot be asked for safely is not asked for.
    return {**counted, "message": _message(found.get("message")), "file": _id(MEDIA_ID, found.get("file"))}


def _message(found: Any) -> dict[str, str] | None:
    if not isinstance(found, dict):
        return None
    room, event = (_id(ID, found.get(name)) for name in ("room", "event"))
    return {"room": room, "event": event} if room and event else None


def _id(pattern: re.Pattern[str], found: Any) -> str | None:
    return found if isinstance(found, str) and pattern.fullmatch(found) else None
