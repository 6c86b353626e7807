"""Runs Synapse, and starts it again at once when it was killed: Kubernetes waits twice as long after each kill.

usage: keep_running.py COMMAND…

Where the kernel kills all processes of a container that has no memory left, this one goes too. So it ends Synapse
itself a little earlier. A COMMAND that ends by itself ends the container, as does SIGTERM.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

#: Limits of the container, in cgroup v2 and v1.
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
SHARE = 0.92


def memory_limit(files: tuple[Path, ...] = LIMITS) -> float:
    """Returns the limit in bytes; infinity where there is none."""
    for file in files:
        try:
            text = file.read_text(encoding="ascii").strip()
        except OSError:
            continue
        return float("inf") if text == "max" else int(text)
    return float("inf")


def memory_of(pid: int) -> int:
    """Returns the memory that a process has in use, in bytes; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def say(text: str) -> None:
    """Prints a line at once."""
    print(f"keep-running: {text}", file=sys.stderr, flush=True)


class Keeper:
    """Runs one process after another."""

    def __init__(self, command: list[str], limit: float) -> None:
        self._command = command
        self._limit = limit * SHARE
        self._process: subprocess.Popen[bytes] | None = None
        self._ending = False

    def end(self, number: int, _: Any) -> None:
        """Passes a signal on, and starts no other process."""
        self._ending = True
        if self._process:
            self._process.send_signal(number)

    def watch(self) -> None:
        """Ends a process that is about to take all memory."""
        while True:
            time.sleep(0.1)
            process = self._process
            if process and process.poll() is None and memory_of(process.pid) > self._limit:
                say("Synapse takes nearly all memory of its container, ending it")
                process.kill()
                time.sleep(1)

    def run(self) -> int:
        """Returns the exit code of the last process."""
        while True:
            self._process = subprocess.Popen(self._command, close_fds=False)
            code = self._process.wait()
            if code >= 0 or self._ending:
                return code if code >= 0 else 128 - code
            say(f"Synapse was ended by signal {-code}, starting it again")
            time.sleep(0.2)


def main(*command: str) -> NoReturn:
    """Runs the command until it ends by itself."""
    keeper = Keeper(list(command), memory_limit())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, keeper.end)
    threading.Thread(target=keeper.watch, daemon=True).start()
    sys.exit(keeper.run())


if __name__ == "__main__":
    main(*sys.argv[1:])
