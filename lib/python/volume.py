"""Says in one sentence why a volume cannot be used."""

import contextlib
import errno
import os
from pathlib import Path

#: Which storage fits, and how to give a volume to its user.
HELP = "docs/how-to/storage.md"


def refusal(folder: Path) -> str | None:
    """Returns why nothing can be written to a volume, or None. A full one is not refused: reading must go on."""
    probe = folder / f".write-test-{os.getpid()}"
    try:
        with contextlib.suppress(FileNotFoundError):
            probe.touch()
            probe.unlink()
    except OSError as problem:
        return sentence(folder, problem)
    return None


def check(folder: Path) -> None:
    """Fails with that sentence."""
    if why := refusal(folder):
        raise PermissionError(why)


def sentence(folder: Path, problem: OSError) -> str | None:
    """Returns the sentence for a failed attempt to write; None when it says nothing about the volume."""
    if problem.errno in (errno.EACCES, errno.EPERM):
        found, uid, gid = folder.stat(), os.getuid(), os.getgid()
        return (
            f"the volume at {folder} cannot be written by user {uid} and group {gid}: it belongs to "
            f"{found.st_uid}:{found.st_gid} with mode {found.st_mode & 0o7777:o}. Its storage does not apply "
            f"fsGroup, as NFS and hostPath do not: give it to them once with chown -R {uid}:{gid}, see {HELP}"
        )
    if problem.errno == errno.EROFS:
        return f"the volume at {folder} is read-only: check its PersistentVolume and its storage, see {HELP}"
    return None
