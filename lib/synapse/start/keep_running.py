"""Runs Synapse, and starts it again at once when it ended or was killed: Kubernetes waits longer each time.

usage: keep_running.py FOLDER COMMAND…

Each file in FOLDER is a variable of COMMAND's environment: those of this process stay as they were at its start.
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


def environment(folder: Path) -> dict[str, str]:
    """Returns this process' environment, with the values that the folder has now."""
    # The kubelet's own files there begin with two dots.
    files = [file for file in folder.glob("*") if not file.name.startswith(".")]
    return {**os.environ, **{file.name: file.read_text(encoding="utf-8") for file in files}}


def say(text: str) -> None:
    """Prints a line at once."""
    print(f"keep-running: {text}", file=sys.stderr, flush=True)


class Keeper:
    """Runs one process after another."""

    def __init__(self, folder: Path, command: list[str], limit: float) -> None:
        self._folder = folder
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
            environ = environment(self._folder)
            self._process = subprocess.Popen(self._command, env=environ, start_new_session=True)
            code = self._process.wait()
            # What watches the Secrets for it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            if code > 0 or self._ending:
                return code if code >= 0 else 128 - code
            how = f"was ended by signal {-code}" if code else "ended"
            say(f"Synapse {how}, starting it again")
            time.sleep(0.2)


def main(folder: str, *command: str) -> NoReturn:
    """Runs the command until it fails."""
    keeper = Keeper(Path(folder), list(command), memory_limit())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, keeper.end)
    threading.Thread(target=keeper.watch, daemon=True).start()
    sys.exit(keeper.run())


if __name__ == "__main__":
    main(*sys.argv[1:])
