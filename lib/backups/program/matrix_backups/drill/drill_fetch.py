"""`drill fetch`: fetches the newest backup, its WAL up to a moment after it, and a sample of the media."""

import json
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matrix_backups import locks, metrics, repository, sample
from matrix_backups.catalog import Backup, Snapshot, backups_of, with_database
from matrix_backups.choose import by_name, choose, moment, written
from matrix_backups.facts import content
from matrix_backups.fetch import Volume, fetch, fetch_secrets, known_timelines
from matrix_backups.mounts import BACKUP_SECRETS, CONFIG, DRILL, HANDOVER, MEDIA, SECRETS, WAL
from matrix_backups.problem import Problem
from matrix_backups.restic import restic
from matrix_backups.settings import Settings
from matrix_backups.timelines import Timelines
from matrix_backups.wal_chain import wal_bytes


def run(settings: Settings) -> None:
    """Fetches data to /drill, and notes facts for the next steps in /handover."""
    begun = time.time()
    note("begun", str(begun))
    # The last step mounts only this folder, and the kubelet would make one that belongs to root.
    metrics.FOLDER.mkdir(exist_ok=True)
    with locks.in_use():
        snapshots = repository.snapshots(settings)
        backup = _fetch_database(snapshots) if settings.database else _fetch_without_database(snapshots)
        fetch_secrets(backup)
        check_secrets(settings.required_secrets)
        give_secrets(settings.drill_secrets)
        fetch_sample(backup, _manifest(backup))
    if settings.database:
        # The agent measures the age of messages that are not in the repository yet.
        recovery_point = metrics.read("agent")[0].get("recovery_point_seconds", 0)
    else:
        recovery_point = begun - moment(
            time.strftime("%Y-%m-%dT%H:%M:%SZ", time.strptime(backup["id"], "%Y%m%dT%H%M%SZ"))
        )
    note("recovery-point", str(recovery_point))
    note("parts", f"fetch={int((time.time() - begun) * 1000)}\n")


def _fetch_database(snapshots: list[Snapshot]) -> Backup:
    # Without the WAL archive, as after its loss. It changes meanwhile: segments that a backup removes, or that come
    # after the last ones that recovery asked for, would look like a gap.
    folders = [folder for folder in known_timelines(snapshots) if folder != WAL]
    known = with_database(backups_of(snapshots))
    # After a move to another database the repository holds backups of both.
    newest = {"set": known[-1]["id"]} if known else {}
    backup, timeline = choose(known, lambda system: Timelines(folders, system), newest)
    until = middle(backup, snapshots)
    volume = Volume(DRILL)
    volume.check_room(int(backup["bytes"]) + wal_bytes(snapshots, backup, until) + sample.BYTES)
    print(f"drill: backup {backup['id']}, to {until or 'the end of the WAL'} on timeline {timeline}", flush=True)
    if left_out := volume.fetch(snapshots, backup, timeline, until, folders):
        raise Problem(f"backup {backup['id']} holds what a system of ours never makes: {', '.join(left_out[:20])}")
    return backup


def _fetch_without_database(snapshots: list[Snapshot]) -> Backup:
    backup = by_name(backups_of(snapshots), None)
    Volume(DRILL).check_room(sample.BYTES)
    print(f"drill: backup {backup['id']}, without the database, which is managed elsewhere", flush=True)
    if damaged := fetch(backup["data"], CONFIG, HANDOVER / "config"):
        raise Problem(f"the configuration in backup {backup['id']} is damaged: {damaged[0]}")
    return backup


def check_secrets(required: tuple[str, ...]) -> None:
    """Fails when a Secret that a restore needs is not in the backup."""
    for name in required:
        path = BACKUP_SECRETS / name
        if not path.exists():
            raise Problem(f"Secret {name} is not in the backup")
        if not path.stat().st_size:
            raise Problem(f"Secret {name} is empty in the backup")


def give_secrets(wanted: Mapping[str, str]) -> None:
    """Gives the drill's Synapse the signing key of the backup, and random values for all else that it reads."""
    for name, source in wanted.items():
        text = (BACKUP_SECRETS / source).read_text(encoding="utf-8") if source else secrets.token_hex(32)
        (SECRETS / name).write_text(text, encoding="utf-8")


def _manifest(backup: Backup) -> dict[str, Any]:
    _, answers = restic("dump", "--no-lock", backup["manifest"], "/manifest.json")
    manifest: dict[str, Any] = answers[0]
    note("manifest.json", json.dumps(manifest))
    return manifest


def fetch_sample(backup: Backup, manifest: dict[str, Any]) -> None:
    """Fetches the media in the manifest, and a random choice of others up to the limits."""
    folder = f"{MEDIA}{sample.LOCAL}"
    _, listed = restic("ls", "--no-lock", "--recursive", backup["data"], folder)
    sizes = {one["path"].removeprefix(str(MEDIA)): one["size"] for one in listed if one.get("type") == "file"}
    sizes = {path: size for path, size in sizes.items() if sample.VALID.fullmatch(path)}
    known = content(json.dumps(manifest["database"])).get("file")
    named = [path for path in sizes if known and path.removeprefix(sample.LOCAL).replace("/", "") == known]
    if known and not named:
        raise Problem(f"media file {known} has a row in the database but is not in the backup")
    stored = [path for path in manifest.get("sample", {}) if sample.VALID.fullmatch(path)]
    if lost := sorted(set(stored) - set(sizes)):
        raise Problem(f"media file {lost[0]} was stored but is not in the backup")
    chosen = sample.drawn(sizes, [*named, *stored])
    note("sample", "".join(f"{path}\n" for path in chosen))
    included = f"--include-file={HANDOVER / 'sample'}"
    if damaged := fetch(backup["data"], MEDIA, DRILL / "media", included) if chosen else []:
        raise Problem(f"media in backup {backup['id']} are damaged: {' '.join(damaged[:5])}")


def middle(backup: Backup, snapshots: list[Snapshot]) -> str:
    """A moment halfway between the backup and the last upload of WAL. Empty when there is no later upload."""
    last = max((one.time[:19] + "Z" for one in snapshots if "wal" in one.tags), default=backup["finished"])
    begin, end = moment(backup["finished"]), moment(last)
    return written((begin + end) / 2) if end - begin > 10 else ""


def note(name: str, text: str) -> None:
    """Leaves a text for the steps that follow."""
    Path(HANDOVER / name).write_text(text, encoding="utf-8")
