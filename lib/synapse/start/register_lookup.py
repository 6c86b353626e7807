"""Writes the registration by which the token service of calls may ask Synapse who is in a room, and nothing else.

usage: register_lookup.py SECRETS FOLDER SETTINGS… -- COMMAND…

The tokens are in the folder SECRETS. FOLDER, which is in memory, gets the registration and settings that add it to the
registrations in the last of the SETTINGS that has some. COMMAND then replaces this process.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import yaml

KEY = "app_service_config_files"


def registration(secrets: Path) -> dict[str, Any]:
    """An application service without users, rooms or an address. Its scope is that of MSC4502."""

    def token(name: str) -> str:
        return (secrets / f"membership_lookup_{name}").read_text(encoding="utf-8").strip()

    return {
        "id": "matrix-membership-lookup",
        "as_token": token("as_token"),
        "hs_token": token("hs_token"),
        "sender_localpart": "_matrix_membership_lookup",
        "url": None,
        "rate_limited": False,
        "namespaces": {"users": [], "aliases": [], "rooms": []},
        "io.element.msc4502.scopes": ["urn:matrix:client:io.element.msc4502:rooms:is_joined"],
    }


def others(files: list[Path]) -> list[str]:
    """The registrations of other application services."""
    found: list[str] = []
    for file in files:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        # As Synapse does it: a later file replaces the whole list.
        found = content.get(KEY, found)
    return found or []


def write(secrets: Path, folder: Path, files: list[Path]) -> None:
    """Writes both files. JSON is YAML as well."""
    own = folder / "membership-lookup.yaml"
    own.write_text(json.dumps(registration(secrets)), encoding="utf-8")
    (folder / "settings.yaml").write_text(json.dumps({KEY: [*others(files), str(own)]}), encoding="utf-8")


def main(secrets: str, folder: str, *rest: str) -> None:
    """Writes the files, and runs the command."""
    end = rest.index("--")
    write(Path(secrets), Path(folder), [Path(file) for file in rest[:end]])
    command = rest[end + 1 :]
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
