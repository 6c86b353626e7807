"""The steps of the move: `python3 -m matrix_migration STEP`."""

import importlib
import os
import signal
import sqlite3
import sys

import psycopg2

import kubernetes_api
from matrix_migration import settings
from matrix_migration.problem import Problem

#: In the order of the move; `back` may follow any of them, and `stopped` is of the upgrade of PostgreSQL.
STEPS = ("postgres", "preflight", "copy", "update", "port", "compare", "back", "stopped")


def main(arguments: list[str]) -> None:
    """Runs a step; a problem ends it with one line and exit code 1."""
    step = " ".join(arguments)
    if step not in STEPS:
        raise SystemExit(f"'{step}' is not a step of the move: use {', '.join(STEPS)}")
    os.umask(0o027)
    # The first process of a container ignores signals that it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(f"{step}: stopped by SIGTERM, run it again"))
    try:
        importlib.import_module(f"matrix_migration.step_{step}").run(settings.load())
    except (Problem, OSError, sqlite3.Error, psycopg2.Error, kubernetes_api.Refused) as problem:
        print(f"{step}: REFUSED: {str(problem).strip()}", file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main(sys.argv[1:])
