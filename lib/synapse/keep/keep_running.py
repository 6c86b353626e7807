"""Runs Synapse, and starts it again at once when it ended or was killed: Kubernetes waits longer each time.

usage: keep_running.py [--next URL] FOLDER… -- COMMAND…

Synapse ends when a file in one of the folders changes. Each file in the first one is a variable of COMMAND's
environment: those of this process stay as they were at its start. With --next, once URL answers, a second COMMAND loads
its code and waits with its variable NEXT, until the first one has ended.
A COMMAND that fails ends the container, as does SIGTERM.
"""

import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn

from keeper import Keeper
from processes import memory_limit

#: The least memory limit, in bytes, with which a second process waits.
ROOM_FOR_TWO = 2**30


def main(*given: str) -> NoReturn:
    """Runs the command until it fails."""
    limit = memory_limit()
    url, words = (given[1], given[2:]) if given[0] == "--next" else (None, given)
    folders = [Path(word) for word in words[: words.index("--")]]
    command = list(words[words.index("--") + 1 :])
    keeper = Keeper(folders, command, limit, url if limit >= ROOM_FOR_TWO else None)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, keeper.end)
    threading.Thread(target=keeper.watch_memory, daemon=True).start()
    sys.exit(keeper.run())


if __name__ == "__main__":
    main(*sys.argv[1:])
