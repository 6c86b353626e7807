"""Stands in for the driver of the database in another process: it refuses once when there is a file with the reason."""

from pathlib import Path
from typing import Any


class OperationalError(Exception):
    pass


class Connection:
    autocommit = False

    def cursor(self) -> "Connection":
        return self

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def execute(self, *_: Any) -> None:
        pass

    def fetchone(self) -> tuple[int, str | None]:
        return 0, None

    def close(self) -> None:
        pass


def connect(**_: Any) -> Connection:
    refusal = Path("refusal")
    if refusal.exists():
        text = refusal.read_text(encoding="utf-8")
        refusal.unlink()
        raise OperationalError(text)
    return Connection()
