"""The epoch of a database: its state as last noted on Synapse's claim, and how its present state differs."""

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path("/data")
FILE = FOLDER / "database-epoch.json"
#: What is known about a database: its token, its system identifier, its timeline.
State = dict[str, Any]


def last_seen() -> State:
    """Returns the state that was noted last."""
    try:
        return dict(json.loads(FILE.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return {}


def write(state: State) -> None:
    """Notes a state so that it survives a crash."""
    part = FILE.with_name(f"{FILE.name}.new")
    with part.open("w", encoding="utf-8") as file:
        json.dump(state, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(FILE)
    folder = os.open(FOLDER, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def was_promoted(seen: State, now: State) -> bool:
    """Returns whether another server has taken the last one's place by a failover."""
    return None not in (seen.get("timeline"), now["timeline"]) and seen["timeline"] != now["timeline"]


def difference(seen: State, now: State, orderly: bool) -> str | None:
    """Returns the difference that has no explanation. A missing token on both sides means that they never met."""
    if now["token"] not in (seen.get("token"), seen.get("next", seen.get("token"))):
        return f"its token is {now['token'] or 'missing'}, the last one was {seen.get('token') or 'not kept'}"
    if None not in (seen.get("system"), now["system"]) and seen["system"] != now["system"]:
        return f"its system identifier is {now['system']}, the last one was {seen['system']}"
    if was_promoted(seen, now) and not orderly:
        return f"its timeline is {now['timeline']}, not {seen['timeline']}, and Synapse did not shut down cleanly"
    return None
