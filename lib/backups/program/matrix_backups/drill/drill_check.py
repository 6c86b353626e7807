"""`drill check`: last step of a drill: looks for what must be there, and publishes how it went."""

import json
import re
import shutil
import time
from typing import Any

from matrix_backups import metrics, sample
from matrix_backups.mounts import DRILL, HANDOVER
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings


def run(settings: Settings) -> None:
    """Checks what was restored: with a database of ours Synapse on it, and else the files."""
    manifest = json.loads(_noted("manifest.json"))
    parts = {name: int(value) / 1000 for name, value in (line.split("=") for line in _noted("parts").splitlines())}
    begun = time.time()
    check_secrets(settings.required_secrets)
    checked = sample.check(manifest.get("sample", {}))
    if settings.database:
        from matrix_backups import drill_synapse

        checked = drill_synapse.check(settings, settings.database, manifest["database"]) or checked
    else:
        check_configuration(settings.server_name)
    parts["check"] = time.time() - begun
    duration = time.time() - float(_noted("begun"))
    if settings.database:
        parts["synapse"] = duration - sum(parts.values())
    _publish(manifest, duration, parts, checked)
    # The pod may be kept for its log, and with it the volume.
    for folder in ("pgdata.restoring", "restore-wal", "media"):
        shutil.rmtree(DRILL / folder, ignore_errors=True)


def check_secrets(required: tuple[str, ...]) -> None:
    """Without one of them the system does not come back."""
    for name in required:
        path = HANDOVER / "secrets" / name
        if not path.exists():
            raise Problem(f"Secret {name} is not in the backup")
        if not path.stat().st_size:
            raise Problem(f"Secret {name} is empty in the backup")


def check_configuration(server_name: str) -> None:
    """The configuration that the server's name is in."""
    path = HANDOVER / "config/synapse/homeserver.yaml"
    if not path.exists():
        raise Problem("homeserver.yaml is not in the backup")
    named = re.search(r"""^["']?server_name["']?: *["']?([^"'\s]+)""", path.read_text(encoding="utf-8"), re.MULTILINE)
    if not named or named[1] != server_name:
        raise Problem(f"homeserver.yaml in the backup is of {named[1] if named else 'no server'}, not of {server_name}")


def _noted(name: str) -> str:
    return (HANDOVER / name).read_text(encoding="utf-8")


def _publish(manifest: dict[str, Any], duration: float, parts: dict[str, float], checked: int) -> None:
    recovery_point = float(_noted("recovery-point"))
    listed = ", ".join(f"{name} {value:.1f}" for name, value in parts.items())
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    # Others read this text.
    text = f"{now} set {manifest['id']} restored in {duration:.0f} s (RTO; {listed}), RPO {recovery_point:.0f} s"
    values = {
        "last_success_timestamp_seconds": time.time(),
        "duration_seconds": round(duration, 1),
        "recovery_time_seconds": round(duration, 1),
        "recovery_point_seconds": round(recovery_point, 1),
        "media_files_checked": checked,
    }
    metrics.write("drill", values, text)
    print(f"drill: {text}", flush=True)
