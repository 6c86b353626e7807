"""Parses JSON into dataclasses, whose names are in snake case."""

import dataclasses
import json
import re
import types
import typing
from typing import Any

from matrix_backups.problem import Problem

#: Names of the types in JSON.
NAMES: dict[Any, str] = {str: "string", int: "number", float: "number", tuple: "list", dict: "map"}


def value(kind: Any, given: Any, where: str) -> Any:
    """The value of a type, such as a dataclass. Fails when a field is unknown, missing or of another type."""
    if dataclasses.is_dataclass(kind):
        return _object(typing.cast(type, kind), given, where)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        return None if given is None else value(inner[0], given, where)
    wanted: Any = {tuple: list, dict: dict}.get(origin, (int, float) if kind is float else kind)
    if not isinstance(given, wanted):
        raise Problem(f"{where} must be a {NAMES[origin or kind]}, got {json.dumps(given)}")
    if origin is tuple:
        return tuple(value(inner[0], one, f"{where}[{index}]") for index, one in enumerate(given))
    if origin is dict:
        return {name: value(inner[1], one, f"{where}.{name}") for name, one in given.items()}
    return given


def _object(kind: type, given: Any, where: str) -> Any:
    if not isinstance(given, dict):
        raise Problem(f"{where} must be an object, got {json.dumps(given)}")
    hints = typing.get_type_hints(kind)
    known = {re.sub("_(.)", lambda match: match[1].upper(), one.name): one for one in dataclasses.fields(kind)}
    required = {name for name, one in known.items() if one.default is dataclasses.MISSING}
    if wrong := sorted(set(given) - set(known)) or sorted(required - set(given)):
        what = "lacks" if wrong[0] in known else "must not have"
        raise Problem(f"{where} {what} {', '.join(wrong)}")
    values = {known[name].name: value(hints[known[name].name], one, f"{where}.{name}") for name, one in given.items()}
    return kind(**values)
