"""Takes from a fetched database what makes PostgreSQL run, read or be something else, beside its configuration.

A system of ours never makes it. PostgreSQL itself, broken into, could.
"""

import os
import re
from pathlib import Path

from matrix_backups import files
from matrix_backups.problem import Problem

#: The name in a line of a configuration file that sets something.
SETTING = re.compile(r"\s*([^\s#=]+)")
MODES = ("standby.signal", "recovery.signal")


def disarm(database: Path, wal: Path) -> list[str]:
    """Removes links, modes and settings. Returns what was found."""
    found = []
    for folder in (database, wal):
        for path in [*files.others(folder)]:
            found.append(f"{path.relative_to(folder.parent)}, which is not a file")
            path.unlink()
    for name in MODES:
        if os.path.lexists(database / name):
            found.append(name)
            files.remove(database / name)
    settings = database / "postgresql.auto.conf"
    if os.path.lexists(settings):
        found += [f"{name} in {settings.name}" for name in _set_in(settings)]
        files.write(settings, "")
    return found


def _set_in(path: Path) -> list[str]:
    """The names only: a value may be a password."""
    try:
        lines = files.read(path).splitlines()
    except Problem:
        return ["something unreadable"]
    return [match[1][:60] for line in lines if (match := SETTING.match(line))]
