"""Judges what a restored database holds beside its tables: is it what Synapse makes?

The owner of the database can put code into it, which would come back with every restore.
"""

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

from matrix_backups.problem import Problem

#: Kinds that Synapse's schema may make. It makes no others.
EXCUSED = ("function", "trigger", "view", "materialized view", "type", "domain", "extension", "rule", "schema")
UNPRINTABLE = re.compile(r"[^\x20-\x7e]")
#: A call in the expression of a default, an index or a constraint.
CALL = re.compile(r"([\w.\"]+)\s*\(")
#: What PostgreSQL writes for `serial` and for lists, whatever the source has.
HARMLESS = {"nextval", "and", "or", "not", "in", "any", "all", "coalesce", "check", "numeric", "varchar"}


def strange(listed: str, source: str) -> list[str]:
    """The objects in a list by objects.sql that are not made by Synapse's schema with this source."""
    known = _plain(source)
    try:
        found = [json.loads(line) for line in listed.splitlines()]
        odd = {UNPRINTABLE.sub("?", f"{one['kind']} {one['name']}")[:80] for one in found if not _is_known(one, known)}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Problem("the list of what is in the database is not valid: see objects.sql") from None
    return sorted(odd)


def schema() -> str:
    """The source of the schema in the installed Synapse."""
    spec = importlib.util.find_spec("synapse")
    folder = Path((spec.submodule_search_locations or ["?"])[0] if spec else "?") / "storage/schema"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if _is_source(path)]
    if not texts:
        raise Problem("the image of Synapse has no schema where one is expected, so the database cannot be judged")
    return "\n".join(texts)


def _is_source(path: Path) -> bool:
    return path.suffix in (".py", ".sql", ".postgres")


def _is_known(one: dict[str, Any], known: str) -> bool:
    kind, name, code = one["kind"], str(one["name"]), one["code"]
    if kind == "expression":
        return all(call in HARMLESS or f"{call}(" in known for call in CALL.findall(_plain(code)))
    if kind not in EXCUSED or (kind == "function" and (not code or _plain(code) not in known)):
        return False
    made = rf"create (or replace )?{kind} (if not exists )?(public\.)?{re.escape(name.lower())}\b"
    return re.search(made, known) is not None


def _plain(text: str) -> str:
    """Text with one kind of space, in lower case: a schema is written in many ways."""
    return " ".join(text.lower().split())
