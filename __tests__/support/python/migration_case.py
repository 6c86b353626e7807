"""A claim with the files of an old server, and a PostgreSQL that answers as a test says."""

import sqlite3
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import database_stand_in
from matrix_migration import place, source, target, writers
from matrix_migration.settings import Settings

SETTINGS = Settings(
    server_name="example.org",
    synapse="matrix-synapse",
    database="matrix-postgres",
    sqlite="homeserver.db",
    signing_key="example.org.signing.key",
    media_store="media_store",
    signing_key_secret="matrix-signing-key",
    prefix="",
)
TABLES = """
CREATE TABLE schema_version (version INT); INSERT INTO schema_version VALUES (92);
CREATE TABLE background_updates (update_name TEXT);
CREATE TABLE users (name TEXT, password_hash TEXT); INSERT INTO users VALUES ('@anna:example.org', 'hash');
CREATE TABLE rooms (room_id TEXT); CREATE TABLE events (event_id TEXT, stream_ordering INT);
INSERT INTO events VALUES ('$1', 1), ('$2', 2);
CREATE TABLE local_media_repository (media_id TEXT, media_length INT, url_cache TEXT);
"""


class Postgres(database_stand_in.Connection):
    """Answers a query by the first of these parts that it has."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Any]] = {}
        self.ran: list[str] = []
        self.itersize = 0

    def cursor(self, name: str = "", withhold: bool = False) -> "Postgres":
        return self

    def execute(self, query: str, values: Any = None) -> None:
        self.ran.append(query)
        self.rows = next((rows for part, rows in self.answers.items() if part in query), [(None,)])

    def fetchall(self) -> list[Any]:
        return self.rows

    def __iter__(self) -> Any:
        return iter(self.rows)


class MigrationCase(unittest.TestCase):
    """Tests a step."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name)
        self.postgres = Postgres()
        self.programs: list[list[str]] = []
        for where, name, value in (
            (place, "DATA", self.data),
            (writers, "stop_check", lambda _: None),
            (target.database, "connect", lambda *_: self.postgres),
            (target.database, "arguments", lambda _: {}),
            (source, "settings_file", lambda database=None: Path("settings.yaml")),
            (source, "run", lambda command, log: self.programs.append(command)),
        ):
            patch = mock.patch.object(where, name, value)
            patch.start()
            self.addCleanup(patch.stop)
        self.make(self.data / "homeserver.db")

    def make(self, path: Path, more: str = "") -> None:
        with sqlite3.connect(path) as made:
            made.executescript(TABLES + more)
        made.close()

    def copied(self, step: str, **more: Any) -> None:
        """The move is this far."""
        place.folder().mkdir()
        self.make(place.copy())
        sums = {path.name: place.checksum(path) for path in place.originals(SETTINGS)}
        place.note({"step": step, "checksums": sums, "schema": 92, **more})
