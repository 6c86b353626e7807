"""The settings of the move, from the settings.json that the deployment renders."""

import dataclasses
import json
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class Settings:
    """All settings. `database` is the workload of the database, or None for a managed one."""

    server_name: str
    synapse: str
    database: str | None
    #: Names on the claim, as the original settings have them.
    sqlite: str
    signing_key: str
    media_store: str
    #: Secret with the signing key, and its key, for messages.
    signing_key_secret: str
    prefix: str


def load(path: Path | None = None) -> Settings:
    """Reads settings.json, which lies beside this module."""
    given = json.loads((path or Path(__file__).with_name("settings.json")).read_text(encoding="utf-8"))
    return Settings(**given)
