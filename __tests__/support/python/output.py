"""What a program of ours says, and how it ends."""

import contextlib
import io
from collections.abc import Callable
from typing import Any


def outcome(main: Callable[..., Any], *arguments: Any) -> tuple[int, str]:
    """(exit code, all that it printed), as its caller sees them."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(*arguments)
        except SystemExit as end:
            if isinstance(end.code, int):
                return end.code, said.getvalue()
            return 1, f"{said.getvalue()}{end.code}\n"
    return 0, said.getvalue()
