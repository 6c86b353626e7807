"""`drill check`, the last step of a drill: checks the restored system, and publishes the result."""

import json
import re
import shutil
import time
from collections.abc import Collection
from typing import Any

from matrix_backups import files, metrics, objects, sample
from matrix_backups.facts import content
from matrix_backups.mounts import DRILL, HANDOVER, RECOVERED
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings

#: What the operator makes in a database.
OF_OPERATOR = ("role streaming_replica",)


def run(settings: Settings) -> None:
    """Checks the restored Synapse, or only the files when nothing restores the database here."""
    manifest = json.loads(_noted("manifest.json"))
    parts = _parts(_noted("parts"))
    restored = settings.database or settings.recovery
    if restored:
        from matrix_backups import drill_synapse

        drill_synapse.wait()
    begun = time.time()
    checked = sample.check(manifest.get("sample", {}))
    if not settings.database:
        check_configuration(settings.server_name)
    if restored:
        parts |= _parts(files.read(RECOVERED / "parts"))
        check_objects(manifest["id"], OF_OPERATOR if settings.recovery else ())
        known = content(json.dumps(manifest["database"])) if settings.database else drill_synapse.known_after()
        checked = drill_synapse.check(settings, known) or checked
    parts["check"] = time.time() - begun
    duration = time.time() - float(_noted("begun"))
    if restored:
        parts["synapse"] = duration - sum(parts.values())
    _publish(manifest, duration, parts, checked)
    # The pod, and with it the volume, may be kept for its output.
    for folder in ("pgdata.restoring", "restore-wal", "media"):
        shutil.rmtree(DRILL / folder, ignore_errors=True)


def check_objects(backup: str, excused: Collection[str] = ()) -> None:
    """Fails when the database holds code, roles or settings that a system of ours never makes."""
    found = objects.strange(files.read(RECOVERED / "objects", 16 * files.LIMIT), objects.schema())
    if odd := [one for one in found if one not in excused]:
        more = f" and {len(odd) - 20} more" if len(odd) > 20 else ""
        raise Problem(
            f"the database of backup {backup} holds what a system of ours never makes: {', '.join(odd[:20])}{more}. If "
            "you have made it, remove it from the database. If not, see docs/concepts/security.md"
        )


def check_configuration(server_name: str) -> None:
    """Fails when the configuration is missing, or has another server name."""
    path = HANDOVER / "config/synapse/homeserver.yaml"
    if not path.exists():
        raise Problem("homeserver.yaml is not in the backup")
    named = re.search(r"""^["']?server_name["']?: *["']?([^"'\s]+)""", path.read_text(encoding="utf-8"), re.MULTILINE)
    if not named or named[1] != server_name:
        found = named[1] if named else "none"
        raise Problem(f"homeserver.yaml in the backup must have server_name {server_name}, found {found}")


def _parts(text: str) -> dict[str, float]:
    found = re.findall(r"^([a-z]+)=([0-9]{1,12})$", text, re.MULTILINE)
    return {name: int(value) / 1000 for name, value in found}


def _noted(name: str) -> str:
    return (HANDOVER / name).read_text(encoding="utf-8")


def _publish(manifest: dict[str, Any], duration: float, parts: dict[str, float], checked: int) -> None:
    recovery_point = float(_noted("recovery-point"))
    listed = ", ".join(f"{name} {value:.1f}" for name, value in parts.items())
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    # Tools read this sentence from the annotation: it must not change.
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
