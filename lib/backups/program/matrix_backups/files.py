"""Reads and writes files in folders where another part of the system can write too.

A link there may point to a Secret, and a pipe would block for ever: neither is opened.
"""

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from matrix_backups.problem import Problem

#: Bytes of the largest text that is read.
LIMIT = 2**20


def is_plain(path: Path) -> bool:
    """Whether it is a file, and neither a link nor anything else."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def opened(path: Path) -> BufferedReader:
    """Opens a plain file to read it."""
    if path.is_symlink():
        raise Problem(f"{path} is a link, and is not followed: remove it")
    file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise Problem(f"{path} is not a file: remove it")
    return os.fdopen(file, "rb")


def read(path: Path, limit: int = LIMIT) -> str:
    """The text in a plain file."""
    with opened(path) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise Problem(f"{path} is larger than {limit} bytes")
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Problem(f"{path} is not text in UTF-8") from None


def write(path: Path, text: str) -> None:
    """Replaces a file, whole or not at all, so that it survives a crash."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o660), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def remove(path: Path) -> None:
    """Removes a file, a link itself, or a folder with all that it holds."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def others(folder: Path) -> Iterator[Path]:
    """Everything below a folder that is neither a plain file nor a folder."""
    for parent, folders, names in os.walk(folder):
        for path in (Path(parent, name) for name in [*folders, *names]):
            if not stat.S_ISREG(mode := path.lstat().st_mode) and not stat.S_ISDIR(mode):
                yield path
