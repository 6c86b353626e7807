"""Checks the functions of Synapse that our modules use although they are not in its interface for modules."""

import inspect
from collections.abc import Mapping
from typing import Any


def checked(found: Any, used: Mapping[str, list[str]], purpose: str) -> Any:
    """Returns the object if it has these coroutine functions with these arguments. Else Synapse does not start."""
    for name, arguments in used.items():
        method = getattr(found, name, None)
        if not inspect.iscoroutinefunction(method) or list(inspect.signature(method).parameters) != arguments:
            raise RuntimeError(
                f"this Synapse has no {name}({', '.join(arguments)}), by which {purpose}: "
                "use the version of Synapse that this release of oriso-matrix names"
            )
    return found
