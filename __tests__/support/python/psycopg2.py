"""Stands in for the driver of the database: a test says what a connection is."""

from collections.abc import Callable
from typing import Any


class Error(Exception):
    pass


class DatabaseError(Error):
    pass


class OperationalError(DatabaseError):
    pass


#: Given the arguments of `connect`.
connection: Callable[..., Any] = lambda **_: (_ for _ in ()).throw(OperationalError("no answer"))  # noqa: E731


def connect(**arguments: Any) -> Any:
    return connection(**arguments)
