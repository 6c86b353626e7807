"""What tests of the backups' program stand on: a pod's volumes in a folder, settings, and a restic that says what it is told."""

import atexit
import contextlib
import io
import json
import os
import shutil
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(tempfile.mkdtemp(prefix="matrix-backups-"))
HERE = Path(__file__).parent
# Before any module of the program is imported.
os.environ |= {
    "MOUNTS": str(ROOT),
    "RESTIC": str(HERE / "restic_stand_in.py"),
    "RESTIC_REPOSITORY": "s3:https://s3.example.org/backups",
    "ANSWERS": str(ROOT / "restic/answers"),
    "HOSTNAME": "this-pod",
    "NAMESPACE": "here",
    "PYTHONDONTWRITEBYTECODE": "1",
}
atexit.register(shutil.rmtree, ROOT, ignore_errors=True)

from matrix_backups import mounts, settings  # noqa: E402
from matrix_backups.catalog import Snapshot  # noqa: E402
from matrix_backups.problem import Problem  # noqa: E402

SYSTEM = "7450000000000000001"
OTHER_SYSTEM = "7450000000000000002"
JSON: dict[str, Any] = {
    "serverName": "example.org",
    "namePrefix": "",
    "images": {"postgres": "postgres:17", "synapse": "synapse:1"},
    "database": {
        "host": "matrix-postgres-service",
        "port": 5432,
        "name": "synapse",
        "user": "synapse_user",
        "dataPath": str(ROOT / "postgres"),
        "workload": "matrix-postgres",
    },
    "synapse": {"workload": "matrix-synapse"},
    "recoveryPointObjective": 60,
    "archiveTimeout": 40,
    "uploadInterval": 2,
    "keep": {"daily": 7, "weekly": 4, "monthly": 3},
    "fullCheckEvery": 7,
    "jobs": {
        "backup": {"cronJob": "matrix-backup", "maximumAge": 97200},
        "prune": {"cronJob": "matrix-backup-prune", "maximumAge": 97200},
        "drill": {"cronJob": "matrix-restore-drill", "maximumAge": 615600},
        "dump": {"cronJob": "matrix-backup-dump", "maximumAge": 615600},
    },
    "restore": {
        "signingKeys": ["identity/signing.key", "identity/old.yaml"],
        "databaseSecrets": ["database"],
        "choice": "matrix-restore-choice",
    },
    "requiredSecrets": ["identity/signing.key", "synapse/form_secret"],
    "drillSecrets": {"signing.key": "identity/signing.key", "registration_shared_secret": ""},
    "agentPort": 9090,
}
SETTINGS = settings.parse(JSON)
MANAGED_JSON = {**JSON, "database": None, "images": {"synapse": "synapse:1"}}
MANAGED_JSON["jobs"] = {name: job for name, job in JSON["jobs"].items() if name != "dump"}
#: The database is managed elsewhere.
MANAGED = settings.parse(MANAGED_JSON)
RECOVERY = {"cluster": "drill", "host": "db-rw", "port": 5432, "name": "synapse", "user": "synapse_user"}
#: The database is backed up by its operator, which restores it for a drill.
RECOVERED_BY_OPERATOR = settings.parse({**MANAGED_JSON, "recovery": RECOVERY})


class BackupCase(unittest.TestCase):
    """Each test begins with empty volumes."""

    def setUp(self) -> None:
        for path in ROOT.iterdir():
            shutil.rmtree(path)
        for path in (
            mounts.BACKUP,
            mounts.HANDOVER,
            mounts.RECOVERED,
            mounts.BACKUP_SECRETS,
            mounts.DATA,
            mounts.DRILL,
            mounts.CHOICE,
            ROOT / "postgres",
            ROOT / "restic",
        ):
            path.mkdir(parents=True)
        self.answer({})

    def answer(self, answers: dict[str, dict[str, Any]]) -> None:
        """What restic says."""
        (ROOT / "restic/answers").write_text(json.dumps(answers), encoding="utf-8")

    def calls(self) -> list[str]:
        """What restic was asked, without the options that it is always given."""
        path = ROOT / "restic/calls"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def problem(self, work: Callable[..., Any], *given: Any, **named: Any) -> str:
        """The problem that this ends with."""
        with self.assertRaises(Problem) as caught:
            self.said(work, *given, **named)
        return str(caught.exception)

    def said(self, work: Callable[..., Any], *given: Any, **named: Any) -> str:
        """What is printed."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            work(*given, **named)
        return out.getvalue()

    def put(self, path: Path, content: str | bytes = "") -> Path:
        """A file, in folders that are made."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


def facts_of(backup: str, **facts: Any) -> dict[str, str]:
    """A backup, as its tags say it."""
    every = {"timeline": 1, "end": "0/1000000", "system": SYSTEM, "bytes": 4096, "files": 0, **facts}
    return {"id": backup, "data": f"data-{backup}", **{name: str(value) for name, value in every.items()}}


def stored(backup: str, time: str, archive: str = "first", **facts: Any) -> list[Snapshot]:
    """The snapshots of a backup as they are made: data, WAL, and last what makes it one."""
    at = [f"{time}:0{second}.123456789Z" for second in range(3)]
    return [
        Snapshot(f"data-{backup}", at[0], ["data"], {"for": backup}),
        Snapshot(f"log-{backup}", at[1], ["wal", "sealed"], {"spool": archive, "for": backup}),
        Snapshot(f"set-{backup}", at[2], ["set"], facts_of(backup, finished=f"{time}:00Z", **facts)),
    ]


def uploaded(name: str, time: str, archive: str = "first") -> Snapshot:
    """WAL that was uploaded between two backups."""
    return Snapshot(name, f"{time}:00.5Z", ["wal"], {"spool": archive})


def in_time(snapshots: list[Snapshot]) -> list[Snapshot]:
    """Oldest first."""
    return sorted(snapshots, key=lambda one: one.time)


def listed(*snapshots: Snapshot) -> dict[str, Any]:
    """What restic says of these."""
    lines = [
        {
            "id": one.id,
            "time": one.time,
            "hostname": "example.org",
            "tags": [*one.tags, *(f"{name}={value}" for name, value in one.facts.items())],
        }
        for one in snapshots
    ]
    return {"list snapshots": {"lines": [one.id for one in snapshots]}, "snapshots": {"lines": [lines]}}
