"""Questions to the copy of the SQLite database, and the settings with which Synapse's own programs open it."""

import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import yaml

from matrix_migration.problem import Problem

HOMESERVER = Path("/config/homeserver.yaml")
#: Tables of SQLite and of the full-text searches, which PostgreSQL has in another form.
SEARCHES = ("event_search", "user_directory_search")


def connect(path: Path) -> sqlite3.Connection:
    """Opens a database that exists. Unlike SQLite itself, makes none."""
    opened = sqlite3.connect(f"file:{path}?mode=rw", uri=True, isolation_level=None)
    opened.text_factory = bytes
    return opened


def tables(opened: sqlite3.Connection) -> list[str]:
    """Returns the tables with data of Synapse."""
    found = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [str(name, "utf-8") for (name,) in found]
    return [name for name in names if not name.startswith(("sqlite_", *SEARCHES))]


def ported_searches(opened: sqlite3.Connection) -> list[str]:
    """Returns the full-text searches that are moved too; that of the user directory is not."""
    found = opened.execute("SELECT name FROM sqlite_master WHERE name = 'event_search'")
    return [str(name, "utf-8") for (name,) in found]


def count(opened: Any, table: str) -> int:
    """Returns the number of rows."""
    return int(opened.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def settings_file(database: dict[str, Any] | None = None) -> Path:
    """Writes homeserver.yaml for a program of Synapse's that runs once: with another database, and without our code."""
    found = yaml.safe_load(HOMESERVER.read_text(encoding="utf-8"))
    for key in ("modules", "log_config"):
        found.pop(key, None)
    found["database"] = database or found["database"]
    # Clients do not use the database meanwhile, so updates need no pauses between them.
    found["background_updates"] = {"sleep_enabled": False, "background_update_duration_ms": 10_000}
    path = Path("/tmp/homeserver.yaml")
    path.write_text(yaml.safe_dump(found), encoding="utf-8")
    return path


def failed(program: str, log: Path) -> Problem:
    """Returns the problem of a program that failed, with the end of its log."""
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    said = "\n".join(lines[-12:])
    return Problem(
        f"{program} failed; the original is unchanged, and this step can be run again. Its last lines:\n{said}"
    )


def run(command: list[str], log: Path) -> None:
    """Runs a program of Synapse's with its output in a log on the claim."""
    with log.open("w", encoding="utf-8") as output:
        code = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, check=False, close_fds=False).returncode
    if code:
        raise failed(command[0], log)
