"""How the programs beside Synapse reach its database: as homeserver.yaml says, with the password in PGPASSWORD."""

from pathlib import Path
from typing import Any

import psycopg2
import yaml


def arguments(homeserver: str) -> dict[str, Any]:
    """What the driver is given, as homeserver.yaml says it."""
    found = yaml.safe_load(Path(homeserver).read_text(encoding="utf-8"))["database"]["args"]
    return {key: value for key, value in found.items() if not key.startswith("cp_")}


def connect(arguments: dict[str, Any], name: str) -> Any:
    """A connection in which each statement is for itself; its name is not Synapse's, or it would be taken for one."""
    connection = psycopg2.connect(**{**arguments, "application_name": name, "connect_timeout": 5})
    connection.autocommit = True
    return connection
