"""The settings of the backups, from the settings.json that the deployment renders."""

import dataclasses
import json
import os
import typing
from pathlib import Path
from typing import Any

from matrix_backups import typed
from matrix_backups.problem import Problem


@dataclasses.dataclass(frozen=True)
class Images:
    """The images of the system. There is none for PostgreSQL when the database is managed elsewhere."""

    synapse: str
    postgres: str | None = None


@dataclasses.dataclass(frozen=True)
class Database:
    """The PostgreSQL in the cluster."""

    host: str
    port: int
    name: str
    user: str
    data_path: str
    workload: str


@dataclasses.dataclass(frozen=True)
class Recovery:
    """A database that its operator backs up. `cluster` is the second one, which the operator makes for a drill."""

    cluster: str
    host: str
    port: int
    name: str
    user: str


@dataclasses.dataclass(frozen=True)
class Synapse:
    """The homeserver, and its workers such as `statefulset/matrix-synapse-typing`."""

    workload: str
    workers: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Keep:
    """How many backups are kept; 0 turns a rule off."""

    daily: int
    weekly: int
    monthly: int


@dataclasses.dataclass(frozen=True)
class Job:
    """A watched CronJob, and the maximum age of its last success in seconds."""

    cron_job: str
    maximum_age: float


@dataclasses.dataclass(frozen=True)
class Restore:
    """Secrets with special rules in a restore, as NAME/KEY or NAME, and the ConfigMap with the choice."""

    signing_keys: tuple[str, ...]
    database_secrets: tuple[str, ...]
    choice: str


@dataclasses.dataclass(frozen=True)
class Settings:
    """All settings. `database` is None when it is managed elsewhere and backed up by its owner."""

    server_name: str
    name_prefix: str
    images: Images
    database: Database | None
    synapse: Synapse
    keep: Keep
    #: Days in which everything in the repository is read once.
    full_check_every: int
    jobs: dict[str, Job]
    restore: Restore
    required_secrets: tuple[str, ...]
    #: Files that the drill's Synapse reads, each with its Secret in the backup, or empty for a random value.
    drill_secrets: dict[str, str]
    agent_port: int
    recovery_point_objective: float = 60
    archive_timeout: float = 40
    upload_interval: float = 2
    #: Of the media, which are no longer backed up once it has all of them.
    media_bucket: str | None = None
    #: Where a drill restores the database by its operator.
    recovery: Recovery | None = None

    @property
    def kubectl(self) -> str:
        """The beginning of commands in messages."""
        return f"kubectl -n {os.environ.get('NAMESPACE', 'default')}"

    @property
    def agent(self) -> str:
        """The Deployment of the agent, which always mounts the backup claim."""
        return f"deployment/{self.name_prefix}matrix-backup-agent"


def load(path: Path | None = None) -> Settings:
    """Reads settings.json, which lies beside this module."""
    path = path or Path(__file__).with_name("settings.json")
    try:
        return parse(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as problem:
        raise Problem(f"{path} is not valid JSON: {problem}") from None


def parse(given: Any) -> Settings:
    """Parses the settings. Fails when a field is unknown, missing or of another type."""
    return typing.cast(Settings, typed.value(Settings, given, "settings.json"))
