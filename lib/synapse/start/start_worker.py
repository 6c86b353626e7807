"""Starts a worker of Synapse once the main process serves the database that this version needs.

usage: start_worker.py HOMESERVER.YAML FILE COMMAND…

Only the main process migrates the database, and its guard may first have to empty one-time keys after a restore. FILE
gets the settings that differ from pod to pod. COMMAND then replaces this process. PGPASSWORD is the database password.
"""

import json
import os
import socket
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import psycopg2
import yaml

import database
import schema


def away(address: dict[str, Any]) -> str | None:
    """Returns why the main process does not serve yet, or None when it does."""
    url = f"http://{address['host']}:{address['port']}/health"
    try:
        with urllib.request.urlopen(url, timeout=5):
            return None
    except OSError as problem:
        return f"the main process does not answer at {url}: {problem}"


def outdated(arguments: dict[str, Any], needed: int) -> str | None:
    """Returns why the database is not of the version that is needed, or None when it is."""
    try:
        connection = database.connect(arguments, "start-worker")
        with connection.cursor() as cursor:
            version = schema.of_database(cursor, needed)
        connection.close()
    except psycopg2.Error as problem:
        return str(problem).strip()
    if version < needed:
        return f"the main process has not yet migrated the database from schema {version} to {needed}"
    return None


def own_settings(settings: dict[str, Any], name: str) -> dict[str, Any]:
    """Returns the settings of this process only. Its connections have its name, not that of the main process."""
    used = settings["database"]
    return {"worker_name": name, "database": {**used, "args": {**used["args"], "application_name": name}}}


def main(homeserver: str, file: str, *command: str) -> None:
    """Waits, and then runs the command."""
    settings = yaml.safe_load(Path(homeserver).read_text(encoding="utf-8"))
    needed = schema.known()
    said = None
    while why := away(settings["instance_map"]["main"]) or outdated(database.arguments(homeserver), needed):
        if why != said:
            print(f"start-worker: waiting: {why}", flush=True)
        said = why
        time.sleep(1)
    # JSON is YAML as well.
    Path(file).write_text(json.dumps(own_settings(settings, socket.gethostname())), encoding="utf-8")
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
