"""Results of the jobs, as Prometheus text in files on the backup claim. The agent serves them.

https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

import json
import os
from collections.abc import Mapping

from matrix_backups.mounts import BACKUP

FOLDER = BACKUP / "metrics"


def write(part: str, values: Mapping[str, float], told: str | None = None) -> None:
    """Saves the values of a part, and the text with which the agent annotates its CronJob."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    noted = json.dumps({"values": values, "told": told})
    for name, text in ((f"{part}.prom", lines(part, values)), (f"{part}.json", noted)):
        with (FOLDER / f".{name}").open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        (FOLDER / f".{name}").replace(FOLDER / name)


def lines(part: str, values: Mapping[str, float]) -> str:
    """The values in the text format of Prometheus."""
    return "".join(
        f"# TYPE matrix_{part}_{name} gauge\nmatrix_{part}_{name} {value}\n" for name, value in values.items()
    )


def read(part: str) -> tuple[dict[str, float], str | None]:
    """(values, text) of a part. Empty when it never succeeded, or a crash left no readable file."""
    try:
        noted = json.loads((FOLDER / f"{part}.json").read_text(encoding="utf-8"))
        return noted["values"], noted["told"]
    except (FileNotFoundError, ValueError):
        return {}, None


def everything() -> str:
    """The newest values of all parts."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("[!.]*.prom")))
