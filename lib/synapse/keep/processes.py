"""What the processes of this container are and have."""

import contextlib
import hashlib
import http.client
import os
import subprocess
import urllib.request
from pathlib import Path

#: Limits of the container, in cgroup v2 and v1.
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def memory_limit(files: tuple[Path, ...] = LIMITS) -> float:
    """Returns the memory limit of the container in bytes, or infinity if it has none."""
    for file in files:
        try:
            text = file.read_text(encoding="ascii").strip()
        except OSError:
            continue
        return float("inf") if text == "max" else int(text)
    return float("inf")


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
    except (OSError, http.client.HTTPException):
        return False


class Process(subprocess.Popen[bytes]):
    """A command with its children. Each file in the first folder is a variable of its environment."""

    def __init__(self, command: list[str], folders: list[Path], **more: str) -> None:
        #: Differs from that of the folders once a file is not what it was. Taken before they are read.
        self.read = digest_of(folders)
        variables = {file.name: file.read_text(encoding="utf-8") for file in files_of(folders[0])}
        super().__init__(command, env={**os.environ, **variables, **more}, start_new_session=True)

    def ended(self, seconds: float = 0) -> bool:
        """Waits that long for its end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(seconds)
        return self.returncode is not None

    def memory(self) -> int:
        """Returns what it has in use, in bytes; 0 when it is gone."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
