"""Compares the schema of the database with the one that this Synapse knows."""

import importlib.util
import re
from pathlib import Path
from typing import Any

#: What the database has, and the least that a Synapse must know to use it.
VERSION = "SELECT (SELECT version FROM schema_version), (SELECT compat_version FROM schema_compat_version)"
ROLLBACK = "docs/operations/upgrade-and-rollback.md"


def known() -> int:
    """Returns the version of the schema that this Synapse knows. Its import would take as long as the start."""
    package = importlib.util.find_spec("synapse")
    folder = Path(package.submodule_search_locations[0])  # type: ignore[union-attr, index]
    text = (folder / "storage" / "schema" / "__init__.py").read_text(encoding="utf-8")
    return int(re.search(r"^SCHEMA_VERSION = (\d+)", text, re.MULTILINE)[1])  # type: ignore[index]


def of_database(cursor: Any, mine: int) -> int:
    """Returns the version of the database's schema.

    @raise SystemExit: when a Synapse that knows `mine` is too old for it; waiting would not help.
    """
    cursor.execute(VERSION)
    version, least = cursor.fetchone()
    if least and least > mine:
        raise SystemExit(
            f"REFUSED: the database is for Synapse with schema {least} or later, and this one has {mine}: run the "
            f"version that the database was last used with, or restore the moment before the upgrade, see {ROLLBACK}"
        )
    return int(version)
