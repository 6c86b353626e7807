"""The identity of this installation. Two that write to one repository would remove each other's locks and WAL."""

import contextlib
import os
import re
import uuid

from matrix_backups import files
from matrix_backups.catalog import Snapshot
from matrix_backups.mounts import BACKUP, WAL
from matrix_backups.problem import Problem
from matrix_backups.restic import where
from matrix_backups.settings import Settings

#: The name of this installation.
NAME = BACKUP / "installation"
#: Lost with the WAL archive: a new installation begins then, which still needs the old WAL. PostgreSQL can write there,
#: so its content counts only when the name is not noted yet.
MARK = WAL / "spool"
VALID = re.compile("[0-9a-z]{1,32}")
#: Installations that this one has replaced: by a restore (restore_finish.py), or because an operator says so.
PREDECESSORS = BACKUP / "predecessors"


def name() -> str:
    """The name of this installation, which lasts as long as its WAL archive."""
    if not files.is_plain(MARK):
        NAME.unlink(missing_ok=True)
        WAL.mkdir(parents=True, exist_ok=True)
        if MARK.is_symlink():
            MARK.unlink()
        part = NAME.with_name(f"installation.{os.getpid()}")
        part.write_text(uuid.uuid4().hex[:12], encoding="utf-8")
        with contextlib.suppress(FileExistsError):
            MARK.hardlink_to(part)
        part.unlink()
    if not NAME.exists():
        found = files.read(MARK).strip()
        if not VALID.fullmatch(found):
            raise Problem(f"{MARK} does not hold the name of an installation: remove it")
        files.write(NAME, found)
    return files.read(NAME).strip()


def strangers(snapshots: list[Snapshot]) -> set[str]:
    """Unknown installations that have written since this one began."""
    known = {name()}
    with contextlib.suppress(FileNotFoundError):
        known.update(files.read(PREDECESSORS).split())
    written = [(one.time, one.facts["spool"]) for one in snapshots if "spool" in one.facts]
    since = min((time for time, writer in written if writer == name()), default="")
    return {writer for time, writer in written if time > since} - known


def check_ours(settings: Settings, snapshots: list[Snapshot]) -> None:
    """Fails when another installation of the same server name, such as a copy for a test, writes to the repository."""
    if others := " ".join(sorted(strangers(snapshots))):
        raise Problem(
            f"another installation of {settings.server_name}, named {others}, writes to the repository at {where()}, "
            "so nothing was written. Give each installation its own repository. If this one replaces the other, run: "
            f"{settings.kubectl} exec {settings.agent} -- sh -c 'echo {others} >> {PREDECESSORS}'"
        )
