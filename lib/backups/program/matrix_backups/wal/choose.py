"""Finds the backup and timeline for the choice of an operator."""

import datetime
import re
from collections.abc import Callable, Mapping

from matrix_backups.catalog import Backup, described, with_database
from matrix_backups.problem import Problem
from matrix_backups.timelines import Timelines


def moment(text: str) -> float:
    """The time of a choice, in seconds since the epoch."""
    try:
        found = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.UTC).timestamp()
    except ValueError:
        found = None
    # Times are compared as text, so there must be one way to write each.
    if found is None or written(found) != text:
        raise Problem(f"time '{text}' is not valid: use UTC, such as 2026-01-31T14:05:00Z")
    return found


def written(seconds: float) -> str:
    """Seconds since the epoch as the time of a choice."""
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def by_name(backups: list[Backup], wanted: str | None) -> Backup:
    """The newest backup, or the one with that ID."""
    found = [one for one in backups if wanted in (None, "", one["id"])]
    if not found:
        asked = f" {wanted}" if wanted else ""
        raise Problem(f"no backup{asked} exists; available: {_names(backups)}")
    return found[-1]


def choose(
    backups: list[Backup], timelines_of: Callable[[str], Timelines], choice: Mapping[str, str]
) -> tuple[Backup, int]:
    """(backup, timeline) for a choice of `set`, `time` and `timeline`; timelines_of is asked for a database system."""
    backups = with_database(backups)
    wanted, time, timeline = (choice.get(key) for key in ("set", "time", "timeline"))
    if time:
        moment(time)
    if timeline and not re.fullmatch("[1-9][0-9]{0,8}", timeline):
        raise Problem(f"timeline '{timeline}' is not valid: use a number, such as 1")
    if not wanted and not time and len({one["system"] for one in backups}) > 1:
        # The newest backup may be of a new, empty system.
        raise Problem(
            f"there are backups of several database systems: choose one with set= or time=, from{described(backups)}"
        )
    chosen, why = None, ""
    for one in backups:
        if (wanted and one["id"] != wanted) or (time and one["finished"] > time):
            continue
        known = timelines_of(one["system"])
        target = int(timeline) if timeline else known.at(time)
        if known.leads_to(one, target):
            chosen = one, target
        else:
            why = f"; {one['id']} is on timeline {one['timeline']}, which does not lead to timeline {target}"
    if not chosen:
        asked = (f" {wanted}" if wanted else "") + (f" that was finished before {time}" if time else "")
        raise Problem(f"no backup{asked} fits{why}; available: {_names(backups)}")
    return chosen


def _names(backups: list[Backup]) -> str:
    return " ".join(one["id"] for one in backups) or "none"
