"""Keeps a process of Synapse running, and the next one waiting beside it.

Where the kernel kills all processes of a container that has no memory left, the first one goes too. So Synapse ends a
little earlier.
"""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from processes import Process, answers, digest_of

#: Share of the memory at which Synapse ends, a little before the kernel would end all.
SHARE = 0.92
#: Is there while the next one waits.
WAITS = Path("/tmp/next")
#: Seconds between two looks at the folders and at what runs, and those in which the next one waits: PostgreSQL in the
#: cluster takes up to two minutes to accept a new password.
LOOK, PATIENCE = 5.0, 150.0
#: The next one is made when Synapse has served at so many looks: that takes five seconds of a core, and Synapse has
#: much to do when it begins.
CALM = 6


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
            beside = self._next
            if process and not process.ended() and process.memory() + (beside.memory() if beside else 0) > self._limit:
                say("Synapse takes nearly all memory of its container, ending it")
                process.kill()
                time.sleep(1)

    def run(self) -> int:
        """Returns the exit code of the last process."""
        while True:
            if self._next and not self._next.ended():
                self._process, self._next = self._next, None
            else:
                self._process = Process(self._command, self._folders)
            if self._ending:
                # It did not hear of that.
                self._process.terminate()
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
            if not self._next:
                time.sleep(0.2)

    def _stay_beside(self, process: Process) -> None:
        """Gives a process its next one once it serves, and ends it when a Secret changes. Returns when it has ended."""
        looks = 0
        while not process.ended(LOOK):
            if self._ending:
                continue
            if self._next and self._next.ended():
                # It has said why. Another one would fail as well.
                self._drop_next()
            if digest_of(self._folders) != process.read:
                # The kubelet updates the folders one after another.
                if not process.ended(LOOK) and not self._ending:
                    self._renew(process)
            elif self._url and looks < CALM and answers(self._url):
                looks += 1
                if looks == CALM:
                    self._start_next()

    def _renew(self, process: Process) -> None:
        """Has a process with the present Secrets take the place of this one."""
        say("a Secret has changed, restarting")
        # One that does not serve may itself wait for that of another pod.
        if self._url and answers(self._url):
            self._start_next()
            end = time.monotonic() + PATIENCE
            while self._next and not self._next.ended() and not WAITS.exists() and time.monotonic() < end:
                if process.ended(0.1):
                    return
            if not WAITS.exists():
                # Until it waits, nothing would answer the probes.
                self._drop_next()
        # One that is still starting may ignore the first signal.
        while not process.ended():
            process.terminate()
            process.ended(15)

    def _start_next(self) -> None:
        self._drop_next()
        WAITS.unlink(missing_ok=True)
        try:
            self._next = Process(self._command, self._folders, NEXT=str(WAITS))
        except OSError as problem:
            say(f"the next process could not be started: {problem}")
        if self._ending:
            self._drop_next()

    def _drop_next(self) -> None:
        process, self._next = self._next, None
        if process:
            process.kill()
            process.wait()
