"""The choice of an operator: a ConfigMap, mounted as a folder with a file for each key.

set       ID of a backup. Default: the newest that fits
time      a moment such as 2026-01-31T14:05:00Z. Default: the end of the WAL
timeline  a number. Default: the timeline that was in use at that moment
dump      true: restores the newest dump instead of a backup, into an empty database of the installed version
secrets   true: the Secrets of the backup replace those of the cluster, for a new cluster
receiver  lost: restores without the WAL of the synchronous WAL receiver
undo      true: puts back the data that the last restore moved aside, and restores nothing
discard   true: first removes the data that earlier restores moved aside
"""

import re

from matrix_backups.mounts import CHOICE
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings

#: The valid values, and an example for messages. choose.py checks that a moment exists.
CHOICES = {
    "set": (r"[\w-]{1,40}", "the ID of a backup, such as 20260131T020000Z"),
    "time": (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "UTC, such as 2026-01-31T14:05:00Z"),
    "timeline": (r"[1-9]\d{0,8}", "a number, such as 1"),
    "dump": ("true|false", "true, or leave it out"),
    "secrets": ("true|false", "true, or leave it out"),
    "receiver": ("lost", "lost, or leave it out"),
    "undo": ("true|false", "true, or leave it out"),
    "discard": ("true|false", "true, or leave it out"),
}
#: The choices when the database is managed elsewhere.
WITHOUT_DATABASE = ("set", "secrets")


def read(settings: Settings) -> dict[str, str]:
    """Reads the choice. Fails on a key that is unknown, or that only applies to a database in the cluster."""
    choice = {}
    for path in sorted(CHOICE.iterdir()) if CHOICE.is_dir() else []:
        if path.name.startswith("."):
            continue
        if path.name not in CHOICES:
            raise Problem(f"{ascii(path.name[:60])} is not a valid choice: use {', '.join(CHOICES)}")
        if not settings.database and path.name not in WITHOUT_DATABASE:
            raise Problem(
                f"'{path.name}' is a choice for the database, which is managed elsewhere: its owner restores it. "
                f"Use only {' and '.join(WITHOUT_DATABASE)} here"
            )
        choice[path.name] = _checked(path.name, path.read_bytes())
    return choice


def _checked(name: str, content: bytes) -> str:
    """The value of a choice. An empty one is as good as none."""
    text = content.decode(errors="replace").strip()
    valid, remedy = CHOICES[name]
    if text and not re.fullmatch(valid, text, re.ASCII):
        raise Problem(f"{name} {ascii(text[:60])} is not valid: use {remedy}")
    return text
