"""The commands of the backups: `python3 -m matrix_backups COMMAND`."""

import importlib
import os
import signal
import sys

import volume
from matrix_backups import settings
from matrix_backups.mounts import BACKUP, DATA, DRILL
from matrix_backups.problem import Problem

#: The module of each command. The first word of a command is the prefix of its messages.
COMMANDS = {
    "backup store": "backup",
    "dump store": "dump",
    "prune": "prune",
    "verify": "verify",
    "list": "listing",
    "agent": "agent",
    "restore check": "restore_check",
    "restore fetch": "restore_fetch",
    "restore media": "restore_media",
    "restore finish": "restore_finish",
    "drill fetch": "drill_fetch",
    "drill removal": "drill_removal",
    "drill recover": "drill_recover",
    "drill check": "drill_check",
}


def main(arguments: list[str]) -> None:
    """Runs a command; a problem ends it with one line and exit code 1."""
    command = " ".join(arguments)
    if command not in COMMANDS:
        raise SystemExit(f"'{command}' is not a command of the backups: use {', '.join(COMMANDS)}")
    name = arguments[0]
    # Jobs that run as another user share the group, and need write access.
    os.umask(0o007)
    # The first process of a container ignores signals that it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(f"{name}: stopped by SIGTERM"))
    try:
        importlib.import_module(f"matrix_backups.{COMMANDS[command]}").run(settings.load())
    except (Problem, OSError) as problem:
        print(f"{name}: {explained(problem)}", file=sys.stderr)
        raise SystemExit(1) from None


def explained(problem: Problem | OSError) -> str:
    """Returns the message of a problem. A volume that cannot be written explains most errors of the system."""
    folders = (BACKUP, DATA, DRILL) if isinstance(problem, OSError) else ()
    return next((why for folder in folders if folder.exists() and (why := volume.refusal(folder))), str(problem))


if __name__ == "__main__":
    main(sys.argv[1:])
