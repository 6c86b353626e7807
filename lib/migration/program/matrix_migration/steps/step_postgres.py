"""`postgres`: moves the files of an empty PostgreSQL of another version aside, to make room for a new one."""

import shutil
from pathlib import Path

from matrix_migration import writers
from matrix_migration.problem import Problem
from matrix_migration.settings import Settings

VOLUME = Path("/postgres")
#: The version that the chart runs.
VERSION = "17"
#: PostgreSQL gives lower numbers only to what a new database consists of.
FIRST_OF_USERS = 16384


def run(settings: Settings) -> None:
    """Moves them aside. Fails when there is a table in it."""
    if settings.database is None:
        raise Problem("the database is managed elsewhere, so there is nothing to do: go on with the next step")
    data = VOLUME / "pgdata"
    try:
        version = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        print(f"postgres: the claim has no database, a new one will be made; {room()}")
        return
    if version == VERSION:
        print(f"postgres: the claim has a database of PostgreSQL {VERSION} already, nothing was changed; {room()}")
        return
    writers.gone(settings.database, f"statefulsets/{settings.database}")
    if found := tables(data):
        raise Problem(
            f"the database of PostgreSQL {version} is not empty: it has at least {found} tables or indexes. Nothing "
            "was changed. If you need them, see docs/operations/postgresql-major.md. If not, drop them"
        )
    aside = VOLUME / f"pgdata.postgresql-{version}"
    if aside.exists():
        raise Problem(f"{aside.name} exists already: check it and move it away, and run this again")
    data.rename(aside)
    print(
        f"postgres: the empty database of PostgreSQL {version} is kept as {aside.name}, a new one will be made; "
        f"{room()}"
    )


def room() -> str:
    """Returns how much room there is, which only this step sees."""
    return f"{shutil.disk_usage(VOLUME).free / 1e6:.0f} MB are free on its claim"


def tables(data: Path) -> int:
    """Returns how many files of tables and indexes there are beside those of new, empty databases."""
    spaces = list((data / "pg_tblspc").iterdir()) if (data / "pg_tblspc").exists() else []
    names = [path.name.split(".")[0].split("_")[0] for path in (data / "base").glob("*/*")]
    return len(spaces) + len({name for name in names if name.isdigit() and int(name) >= FIRST_OF_USERS})
