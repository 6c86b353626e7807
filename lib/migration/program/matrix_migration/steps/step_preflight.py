"""`preflight`: looks whether the move can begin, and changes nothing."""

import shutil
from pathlib import Path

from matrix_migration import place, writers
from matrix_migration.problem import Problem
from matrix_migration.settings import Settings
from matrix_migration.target import Target

MAGIC = b"SQLite format 3\0"
SECRET_KEY = Path("/secrets/signing.key")


def run(settings: Settings) -> None:
    """Fails with the first thing that is in the way."""
    writers.stop_check(settings)
    size = check_files(settings)
    key = check_key(settings)
    check_room(size)
    target = Target()
    target.check_kind()
    if place.state()["step"] in (place.NOTHING, place.COPIED, place.UPDATED):
        target.check_empty(
            "Nothing was changed. If Synapse has run on it, its data would be lost; if not, use another database "
            "or drop what is in it"
        )
    print(f"preflight: the move can begin: {size / 1e6:.0f} MB of SQLite, signing key {key}, PostgreSQL is fit")


def check_files(settings: Settings) -> int:
    """Returns the size of the database. Fails when it is missing."""
    path = place.DATA / settings.sqlite
    if not path.exists():
        raise Problem(f"{path} does not exist: set sqlite to the name of the database file on the claim")
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise Problem(f"{path} is not an SQLite database: set sqlite to the name of the database file on the claim")
    return sum(one.stat().st_size for one in place.originals(settings))


def check_key(settings: Settings) -> str:
    """Returns the ID of the signing key. Fails unless the claim and the Secret have the same one."""
    path = place.DATA / settings.signing_key
    if not path.exists():
        raise Problem(
            f"{path} does not exist: set signingKey to the name of the file with the signing key on the claim"
        )
    old, new = path.read_text(encoding="utf-8").split(), SECRET_KEY.read_text(encoding="utf-8").split()
    if old != new:
        raise Problem(
            f"Secret {settings.signing_key_secret} has the signing key {':'.join(new[:2])}, the claim has "
            f"{':'.join(old[:2])}. Other servers know only that: put it into the Secret, see "
            "docs/migration/from-the-original.md#before-the-window"
        )
    return ":".join(old[:2])


def check_room(size: int) -> None:
    """Fails when the claim has less than twice the database free, unless a copy is there already."""
    free = shutil.disk_usage(place.DATA).free
    needed = 0 if place.copy().exists() else 2 * size
    if free < needed:
        raise Problem(
            f"the claim has {free / 1e6:.0f} MB free, and the copy needs {needed / 1e6:.0f} MB: make it larger, see "
            "docs/how-to/grow-a-claim.md"
        )
