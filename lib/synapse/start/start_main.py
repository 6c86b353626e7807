"""Starts the main process of Synapse. While another one serves it stands by, and takes its place once that has ended.

usage: python3 -m start_main HOMESERVER.YAML HEALTH PORT empty|refuse PSQL ARGUMENTS…

Code and settings are loaded before the other one ends, so that people wait a second and not ten. HEALTH is the port of
the probes, PORT the one at which Synapse says how it is. PSQL is an operator's. ARGUMENTS are Synapse's. PGPASSWORD is
the database password. NEXT is set in the next process of the same container: a file that is there while it waits.
"""

import importlib
import os
import sys
from pathlib import Path

import database
import epoch_guard
import table_settings
import wait_for_database
from main_health import MainHealth
from volume_lock import FILE, VolumeLock


def check_settings(arguments: tuple[str, ...]) -> None:
    """Fails when Synapse would not start with them: the other one then goes on."""
    config = importlib.import_module("synapse.config.homeserver").HomeServerConfig
    services = importlib.import_module("synapse.config.appservice")
    try:
        settings = config.load_config("Synapse", list(arguments))
        # Registrations are files of their own, which Synapse reads only when it begins.
        services.load_appservices(settings.server.server_name, settings.appservice.app_service_config_files)
    except Exception as problem:  # A registration that is not valid can raise any.
        where = ".".join(getattr(problem, "path", None) or ())
        raise SystemExit(f"start-main: Synapse refuses its settings{where and f' at {where}'}: {problem}") from None


def main(homeserver: str, health_port: str, port: str, remedy: str, psql: str, *arguments: str) -> None:
    """Becomes Synapse."""
    waits = os.environ.pop("NEXT", None)
    health = MainHealth(int(health_port), int(port))
    if not waits:
        health.listen()
    synapse = importlib.import_module("synapse.app.homeserver")
    server = database.arguments(homeserver)
    try:
        lock = VolumeLock()
        ours = lock.taken(wait=False)
    except OSError as problem:
        print(f"WARNING: {FILE} cannot be locked: {problem}", flush=True)
        if waits:
            # Only the database would tell, which it would have to ask all the time.
            raise SystemExit("start-main: so Synapse has no next process that waits") from None
        ours = True
    if not ours:
        check_settings(arguments)
        # One that cannot reach the database, or is too old for it, must not take the other one's place.
        wait_for_database.wait(server, beside=True)
        if waits:
            Path(waits).touch()
        with health.standing_by("another Synapse has locked the volume"):
            lock.taken(wait=True)
    if waits:
        Path(waits).unlink(missing_ok=True)
        # Until now, the probes asked the one before.
        health.listen()
    if other := wait_for_database.wait(server, beside=True) or wait_for_database.kept_by_another(server):
        # The volume could not be locked, or its locks do not reach the other one's node.
        if ours:
            check_settings(arguments)
        with health.standing_by(other):
            wait_for_database.wait(server)
    table_settings.apply(server)
    epoch_guard.check(homeserver, remedy, psql)
    sys.argv[1:] = arguments
    synapse.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
