"""A module of Synapse that bounds what other servers queue for a user with whom the sender shares no room.

Synapse keeps each message to a device until the device fetches it, and one that is not used any more never does. The
proxy does not see such messages, because they are inside a transaction.

The interface for modules has no place for this. So this one stands around Synapse's own function, and Synapse does not
start if that is not where it is expected.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any

from of_synapse import checked

#: Messages that wait for a user, from then on without those of strangers.
MOST = 1000
#: Bytes of a message of a stranger.
LARGEST = 64 * 1024
WAITING = "SELECT count(*) FROM (SELECT 1 FROM device_inbox WHERE user_id = ? LIMIT ?) AS waiting"
ADD = "add_messages_from_remote_to_device_inbox"
#: What is used of Synapse's own store, with the arguments.
USED = {
    ADD: ["origin", "message_id", "local_messages_by_user_then_device"],
    "do_users_share_a_room": ["user_id", "other_user_ids", "exclude_room_id"],
}
logger = logging.getLogger(__name__)


class BoundedInbox:
    """Drops messages of strangers that are large, or for whose user many wait."""

    def __init__(self, _config: Any, api: Any) -> None:
        self._api = api
        purpose = "bounded_inbox.py limits what other servers queue for a user"
        self._store = checked(getattr(api, "_store", None), USED, purpose)
        self._of_synapse = getattr(self._store, ADD)
        setattr(self._store, ADD, self.add)

    async def add(
        self, origin: str, message_id: str, local_messages_by_user_then_device: Mapping[str, Mapping[str, Any]]
    ) -> int:
        """Adds what is taken, and returns the position after it."""
        given = local_messages_by_user_then_device
        taken = {user: devices for user, devices in given.items() if await self._takes(user, devices)}
        if len(taken) < len(given):
            logger.info("dropped what %s sent to the devices of %d users", origin, len(given) - len(taken))
        position: int = await self._of_synapse(origin, message_id, taken)
        return position

    async def _takes(self, user_id: str, devices: Mapping[str, Any]) -> bool:
        senders = {message["sender"] for message in devices.values()}
        if senders <= await self._store.do_users_share_a_room(user_id, senders):
            return True
        if any(len(json.dumps(message)) > LARGEST for message in devices.values()):
            return False
        return bool(await self._api.run_db_interaction("bounded_inbox", self._waiting, user_id) < MOST)

    @staticmethod
    def _waiting(cursor: Any, user_id: str) -> int:
        cursor.execute(WAITING, (user_id, MOST))
        return int(cursor.fetchone()[0])
