"""Deletes what its settings name through Synapse's admin API, and nothing else. It can run again at any time.

usage: upkeep.py [SETTINGS]; settings.json beside it is
{homeserver: URL of the admin API, administrator: local part, secretsFolder, patience,
abandonedRoomsAfter: seconds without an event, federates: whether other servers may invite}
The folder holds admin_password.
https://element-hq.github.io/synapse/latest/admin_api/rooms.html#version-2-new-version
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from synapse_admin import Session, session
from synapse_api import quoted

#: Rooms that one answer lists.
MANY = 500
#: Seconds between two questions whether a room is deleted.
PAUSE = 0.5


class Upkeep:
    """Acts as the administrator."""

    def __init__(self, settings: dict[str, Any], session: Session) -> None:
        self._session = session
        self._before = time.time() - settings["abandonedRoomsAfter"]
        self._federates = settings["federates"]

    def run(self) -> None:
        """Deletes one room after the other, so that people notice nothing. One that fails keeps no other from it."""
        listed = self._listed()
        abandoned = [room for room in listed if self._is_abandoned(room)]
        failed = [room for room in abandoned if not self._delete(room)]
        deleted = len(abandoned) - len(failed)
        self._session.say(f"deleted {deleted} rooms; {len(listed) - deleted} others that no user here is in stay")
        if failed:
            self._session.fail(f"{len(failed)} rooms were not deleted. The log of Synapse has the reason")

    def _listed(self) -> list[str]:
        """Rooms without a member, as far as this server knows: once its last user has left, it knows of no others."""
        rooms: dict[str, None] = {}
        start: int | None = 0
        while start is not None:
            page = self._session.ask("GET", f"/v1/rooms?empty_rooms=true&limit={MANY}&from={start}")
            rooms.update(dict.fromkeys(room["room_id"] for room in page["rooms"]))
            start = page.get("next_batch")
        return list(rooms)

    def _is_abandoned(self, room: str) -> bool:
        """Whether nothing has happened for long enough. The last event was that the last user left."""
        path = f"/v1/rooms/{quoted(room)}"
        newest = self._session.ask("GET", f"{path}/timestamp_to_event?dir=b&ts={int(time.time() * 1000)}", missing={})
        if newest.get("origin_server_ts", float("inf")) / 1000 >= self._before:
            return False
        about = self._session.ask("GET", path, missing={})
        if about.get("joined_local_members") != 0:
            return False
        # Another server may have invited a user back, which the admin API does not show. Such a room is not forgotten.
        return bool(about["forgotten"]) or not self._federates

    def _delete(self, room: str) -> bool:
        """Deletes a room, and returns whether it is gone."""
        deletion = {"purge": True, "block": False, "force_purge": False}
        started = self._session.ask("DELETE", f"/v2/rooms/{quoted(room)}", deletion)
        path = f"/v2/rooms/delete_status/{quoted(started['delete_id'])}"
        while (status := self._session.ask("GET", path)["status"]) not in ("complete", "failed", "cancelled"):
            time.sleep(PAUSE)
        self._session.say(f"{room}: {status}")
        return bool(status == "complete")


def main(arguments: list[str]) -> None:
    """Reads the settings and applies them."""
    path = Path(arguments[0]) if arguments else Path(__file__).with_name("settings.json")
    settings = json.loads(path.read_text(encoding="utf-8"))
    with session("upkeep", settings) as administrator:
        Upkeep(settings, administrator).run()


if __name__ == "__main__":
    main(sys.argv[1:])
