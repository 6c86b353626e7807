"""Runs Synapse, and starts it again at once when it ended or was killed: Kubernetes waits longer each time.

usage: keep_running.py [--next URL] FOLDER… -- COMMAND…

Synapse ends when a file in one of the folders changes. Each file in the first one is a variable of COMMAND's
environment: those of this process stay as they were at its start. With --next, once URL answers, a second COMMAND loads
its code and waits with its variable NEXT, until the first one has ended.
Where the kernel kills all processes of a container that has no memory left, this one goes too. So it ends Synapse
itself a little earlier. A COMMAND that fails ends the container, as does SIGTERM.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

from processes import Process, answers, digest_of, ended, files_of, memory_limit, memory_of

SHARE = 0.92
#: Bytes of memory below which there is no room for a second process.
ROOM_FOR_TWO = 2**30
#: Is there while the next one waits.
WAITS = Path("/tmp/next")
#: Seconds between two looks at the folders and at what runs, and those in which the next one waits.
LOOK, PATIENCE = 5.0, 60.0


def say(text: str) -> None:
    """Prints a line at once."""
    print(f"keep-running: {text}", file=sys.stderr, flush=True)


class Keeper:
    """Runs one process after another."""

    def __init__(self, folders: list[Path], command: list[str], limit: float, url: str | None = None) -> None:
        self._folders = folders
        self._command = command
        self._limit = limit * SHARE
        self._url = url
        self._process: Process | None = None
        self._next: Process | None = None
        self._ending = False

    def end(self, number: int, _: Any) -> None:
        """Passes a signal on, and starts no other process."""
        self._ending = True
        # The next one first: it would begin.
        if self._next:
            self._next.kill()
        if self._process:
            self._process.send_signal(number)

    def watch_memory(self) -> None:
        """Ends a process that is about to take all memory."""
        while True:
            time.sleep(0.1)
            process = self._process
            if process and process.poll() is None and memory_of(process) + memory_of(self._next) > self._limit:
                say("Synapse takes nearly all memory of its container, ending it")
                process.kill()
                time.sleep(1)

    def run(self) -> int:
        """Returns the exit code of the last process."""
        while True:
            waits = self._next and self._next.poll() is None
            self._process, self._next = (self._next if waits else None) or self._start(), None
            self._stay_beside(self._process)
            code = self._process.wait()
            # What it has left behind.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            if code > 0 or self._ending:
                self._drop_next()
                return code if code >= 0 else 128 - code
            how = f"was ended by signal {-code}" if code else "ended"
            say(f"Synapse {how}, starting it again")
            time.sleep(0 if self._next else 0.2)

    def _stay_beside(self, process: Process) -> None:
        """Gives a process its next one once it serves, and ends it when a Secret changes. Returns when it has ended."""
        secrets, looks = digest_of(self._folders), 0
        while not ended(process, LOOK):
            if self._ending:
                continue
            if self._next and self._next.poll() is not None:
                # It has said why. Another one would fail as well.
                self._drop_next()
            if digest_of(self._folders) != secrets:
                # The kubelet updates the folders one after another.
                time.sleep(LOOK)
                self._renew(process)
            # Synapse has much to do when it begins.
            elif self._url and looks < 2 and answers(self._url):
                looks += 1
                if looks == 2:
                    self._start_next()

    def _renew(self, process: Process) -> None:
        """Has a process with the present Secrets take the place of this one."""
        say("a Secret has changed, restarting")
        if self._url:
            self._start_next()
            end = time.monotonic() + PATIENCE
            while self._next and self._next.poll() is None and not WAITS.exists() and time.monotonic() < end:
                time.sleep(0.1)
        # One that is still starting may ignore the first signal.
        while not ended(process, 0):
            process.terminate()
            ended(process, 15)

    def _start(self, **more: str) -> Process:
        variables = {file.name: file.read_text(encoding="utf-8") for file in files_of(self._folders[0])}
        return subprocess.Popen(self._command, env={**os.environ, **variables, **more}, start_new_session=True)

    def _start_next(self) -> None:
        self._drop_next()
        WAITS.unlink(missing_ok=True)
        self._next = self._start(NEXT=str(WAITS))

    def _drop_next(self) -> None:
        process, self._next = self._next, None
        if process:
            process.kill()
            process.wait()


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
