"""Starts the main process of Synapse. While another one serves it stands by, and takes its place once that has ended.

usage: python3 -m start_main HOMESERVER.YAML HEALTH PORT empty|refuse PSQL ARGUMENTS…

Code and settings are loaded before the other one ends, so that people wait a second and not ten. HEALTH is the port of
the probes, PORT the one at which Synapse says how it is. PSQL is an operator's. ARGUMENTS are Synapse's. PGPASSWORD is
the database password.
"""

import importlib
import sys
from typing import Any

import database
import epoch_guard
import table_settings
import wait_for_database
from main_health import MainHealth
from volume_lock import FILE, VolumeLock

Arguments = dict[str, Any]


def check_settings(arguments: tuple[str, ...]) -> None:
    """Fails when Synapse would not start with them: the other one then goes on."""
    config = importlib.import_module("synapse.config.homeserver").HomeServerConfig
    try:
        config.load_config("Synapse", list(arguments))
    except importlib.import_module("synapse.config").ConfigError as problem:
        where = ".".join(problem.path or ())
        raise SystemExit(f"start-main: Synapse refuses its settings{where and f' at {where}'}: {problem}") from None


def stand_by(lock: VolumeLock, health: MainHealth, server: Arguments, arguments: tuple[str, ...]) -> None:
    """Waits for the other one's end, once it is sure that this one can start."""
    check_settings(arguments)
    # A refusal ends this process. Another reason to wait is one for the other Synapse as well.
    wait_for_database.reason(server)
    print("standing by: another Synapse has locked the volume, and this one begins when that has ended", flush=True)
    with health.standing_by():
        lock.taken(wait=True)


def main(homeserver: str, health_port: str, port: str, remedy: str, psql: str, *arguments: str) -> None:
    """Becomes Synapse."""
    health = MainHealth(int(health_port), int(port))
    synapse = importlib.import_module("synapse.app.homeserver")
    server = database.arguments(homeserver)
    try:
        lock = VolumeLock()
        if not lock.taken(wait=False):
            stand_by(lock, health, server, arguments)
    except OSError as problem:
        print(
            f"WARNING: {FILE} cannot be locked, so another Synapse is noticed only in the database: {problem}",
            flush=True,
        )
    wait_for_database.wait(server)
    table_settings.apply(server)
    epoch_guard.check(homeserver, remedy, psql)
    sys.argv[1:] = arguments
    synapse.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
