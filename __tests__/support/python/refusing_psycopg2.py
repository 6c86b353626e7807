"""Stands in for the driver of the database in another process: it refuses once when there is a file with the reason."""

from pathlib import Path
from typing import Any

import database_stand_in


class OperationalError(Exception):
    pass


class Connection(database_stand_in.Connection):
    def fetchone(self) -> tuple[int, str | None]:
        return 0, None


def connect(**_: Any) -> Connection:
    refusal = Path("refusal")
    if refusal.exists():
        text = refusal.read_text(encoding="utf-8")
        refusal.unlink()
        raise OperationalError(text)
    return Connection()
