"""Connects the scripts beside Synapse to its database: as homeserver.yaml says, with the password in PGPASSWORD."""

from pathlib import Path
from typing import Any

import psycopg2
import yaml


def arguments(homeserver: str) -> dict[str, Any]:
    """Returns the driver's arguments in homeserver.yaml."""
    found = yaml.safe_load(Path(homeserver).read_text(encoding="utf-8"))["database"]["args"]
    return {key: value for key, value in found.items() if not key.startswith("cp_")}


def connect(arguments: dict[str, Any], name: str) -> Any:
    """Opens a connection in autocommit mode. A name other than Synapse's keeps it from being mistaken for a Synapse."""
    connection = psycopg2.connect(**{**arguments, "application_name": name, "connect_timeout": 5})
    connection.autocommit = True
    return connection
