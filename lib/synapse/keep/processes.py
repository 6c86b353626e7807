"""What the processes of this container are and have."""

import contextlib
import hashlib
import os
import subprocess
import urllib.request
from pathlib import Path

Process = subprocess.Popen[bytes]
#: Limits of the container, in cgroup v2 and v1.
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def memory_limit(files: tuple[Path, ...] = LIMITS) -> float:
    """Returns the limit in bytes; infinity where there is none."""
    for file in files:
        try:
            text = file.read_text(encoding="ascii").strip()
        except OSError:
            continue
        return float("inf") if text == "max" else int(text)
    return float("inf")


def memory_of(process: Process | None) -> int:
    """Returns the memory that a process has in use, in bytes; 0 when it is gone."""
    try:
        pages = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1] if process else "0"
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def files_of(folder: Path) -> list[Path]:
    """Returns the files of a folder. The kubelet's own there begin with two dots."""
    return sorted(file for file in folder.glob("*") if not file.name.startswith("."))


def digest_of(folders: list[Path]) -> str:
    """Returns what differs as soon as a file in one of the folders does."""
    found = hashlib.sha256()
    for file in [file for folder in folders for file in files_of(folder)]:
        # The kubelet may replace them at this moment.
        with contextlib.suppress(OSError):
            found.update(f"{file}\0".encode() + file.read_bytes())
    return found.hexdigest()


def answers(url: str) -> bool:
    """Returns whether Synapse serves."""
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except OSError:
        return False


def ended(process: Process, seconds: float) -> bool:
    """Waits that long for the end of a process."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    return process.returncode is not None
