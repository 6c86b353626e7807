"""Formats Synapse's log so that nothing of a request's body reaches it by way of an exception.

An exception's text may hold a value from a body, such as the part of a statement that the database did not understand.
The place where it was raised tells operators more. E-mail addresses are left out everywhere: Synapse writes where it
sends mail to, and the admin API has them in paths.
"""

import logging
import re
import traceback
from pathlib import Path

from synapse.logging import TerseJsonFormatter

#: User IDs have nothing before their sign.
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)+")


class PrivateFormatter(TerseJsonFormatter):  # type: ignore[misc]
    """Replaces an exception's text by its place in the code, and leaves out e-mail addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line."""
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            record.exc_type = kind.__name__
            record.exc_at = [f"{Path(file).name}:{line}" for file, line, *_ in traceback.extract_tb(trace)][-3:]
            # A record is formatted once for each handler, and there is one.
            record.exc_info = None
        # A lone surrogate cannot be written: logging that fails would show the arguments of the call.
        line = str(super().format(record)).encode("utf-8", "backslashreplace").decode()
        return ADDRESS.sub("[address]", line)
