"""Results of the jobs, in files on the backup claim. The agent serves them as Prometheus text.

https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

import json
from collections.abc import Mapping

from matrix_backups import files
from matrix_backups.mounts import BACKUP
from matrix_backups.problem import Problem

FOLDER = BACKUP / "metrics"
#: Parts with results, in the order in which they are served.
PARTS = ("agent", "backup", "drill", "dump", "prune", "verify")

#: Also the table of docs/reference/metrics.md: `npm run docs` writes it.
MEANINGS = {
    "matrix_backup_problem": "1: the part has a problem",
    "matrix_backup_last_success_timestamp_seconds": "time of the last backup",
    "matrix_backup_database_bytes": "size of the database at the last backup",
    "matrix_backup_media_files": "media files in the last backup",
    "matrix_backup_password_escrowed": "0: it is not confirmed that the backup password is saved elsewhere",
    "matrix_backup_volume_free_bytes": "free room on the backup claim",
    "matrix_backup_volume_size_bytes": "size of the backup claim",
    "matrix_database_volume_free_bytes": "free room on the claim of the database",
    "matrix_database_volume_size_bytes": "size of the claim of the database",
    "matrix_log_recovery_point_seconds": "RPO: the worst of the last day, from a message to its WAL in the repository",
    "matrix_log_unshipped_seconds": "age of the oldest archived WAL that is not in the repository",
    "matrix_log_archived_files": "WAL files that PostgreSQL has archived",
    "matrix_log_archive_failures": "attempts of PostgreSQL to archive WAL that failed",
    "matrix_log_last_archived_timestamp_seconds": "time at which PostgreSQL last archived WAL; 0: never",
    "matrix_prune_last_success_timestamp_seconds": "time of the last removal of old backups",
    "matrix_prune_sets": "backups that were kept",
    "matrix_drill_last_success_timestamp_seconds": "time of the last restore drill that succeeded",
    "matrix_drill_duration_seconds": "as matrix_drill_recovery_time_seconds",
    "matrix_drill_recovery_time_seconds": "RTO: how long the last drill took to restore the system",
    "matrix_drill_recovery_point_seconds": "RPO at the time of the last drill",
    "matrix_drill_media_files_checked": "media files that the last drill compared",
    "matrix_dump_last_success_timestamp_seconds": "time of the last dump",
    "matrix_verify_last_success_timestamp_seconds": "time of the last check of the whole repository",
    "matrix_agent_first_seen_timestamp_seconds": "when the backup claim was first watched",
    "matrix_agent_recovery_point_seconds": "as matrix_log_recovery_point_seconds, for the drill",
}


def write(part: str, values: Mapping[str, float], told: str | None = None) -> None:
    """Saves the values of a part, and the text with which the agent annotates its CronJob."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    files.write(FOLDER / f"{part}.json", json.dumps({"values": values, "told": told}))


def lines(part: str, values: Mapping[str, float]) -> str:
    """The values in the text format of Prometheus."""
    named = {f"matrix_{part}_{name}": value for name, value in values.items()}
    return "".join(f"{header(name)}{name} {value}\n" for name, value in named.items())


def header(name: str) -> str:
    """What precedes the values of a metric."""
    return f"# HELP {name} {MEANINGS[name]}\n# TYPE {name} gauge\n"


def read(part: str) -> tuple[dict[str, float], str | None]:
    """(values, text) of a part. Empty when it never succeeded, or a crash left no readable file."""
    try:
        noted = json.loads(files.read(FOLDER / f"{part}.json"))
        values = {name: value for name, value in noted["values"].items() if _is_valid(f"matrix_{part}_{name}", value)}
        return values, None if noted["told"] is None else str(noted["told"])
    except (Problem, OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, None


def _is_valid(name: str, value: object) -> bool:
    return name in MEANINGS and type(value) in (int, float)


def everything() -> str:
    """The newest values of all parts."""
    return "".join(lines(part, read(part)[0]) for part in PARTS)
