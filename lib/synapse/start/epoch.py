"""The epoch of a database: what was last seen of it, on Synapse's claim, and how what is there now differs."""

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path("/data")
FILE = FOLDER / "database-epoch.json"
#: What is known of a database, from before or now.
State = dict[str, Any]


def last_seen() -> State:
    """What was noted last."""
    try:
        return dict(json.loads(FILE.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return {}


def write(state: State) -> None:
    """Notes it so that it is there after a crash."""
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
    """Whether another server goes on in the place of the last one."""
    return None not in (seen.get("timeline"), now["timeline"]) and seen["timeline"] != now["timeline"]


def difference(seen: State, now: State, orderly: bool) -> str | None:
    """What nothing explains. Where neither side has a token they have not met before."""
    if now["token"] not in (seen.get("token"), seen.get("next", seen.get("token"))):
        return f"its token is {now['token'] or 'missing'}, the last one was {seen.get('token') or 'not kept'}"
    if None not in (seen.get("system"), now["system"]) and seen["system"] != now["system"]:
        return f"it is system {now['system']}, the last one was {seen['system']}"
    if was_promoted(seen, now) and not orderly:
        return f"it is on timeline {now['timeline']}, not {seen['timeline']}, and Synapse did not end in order"
    return None
