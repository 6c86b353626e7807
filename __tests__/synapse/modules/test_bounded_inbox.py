import asyncio
import json
import sqlite3
import unittest
from typing import Any

import bounded_inbox

ALICE, BOB, FRIEND, STRANGER = "@alice:example.org", "@bob:example.org", "@friend:other.org", "@stranger:other.org"


class Store:
    """The parts of Synapse's store that are used: Alice and Friend are in one room."""

    def __init__(self) -> None:
        self.database = sqlite3.connect(":memory:")
        self.database.execute("CREATE TABLE device_inbox (user_id TEXT, device_id TEXT, message_json TEXT)")

    async def add_messages_from_remote_to_device_inbox(
        self, origin: str, message_id: str, local_messages_by_user_then_device: dict[str, dict[str, Any]]
    ) -> int:
        for user_id, devices in local_messages_by_user_then_device.items():
            rows = [(user_id, device, json.dumps(message)) for device, message in devices.items()]
            self.database.executemany("INSERT INTO device_inbox VALUES (?, ?, ?)", rows)
        return 7

    async def do_users_share_a_room(
        self, user_id: str, other_user_ids: Any, exclude_room_id: str | None = None
    ) -> set[str]:
        return {FRIEND} & set(other_user_ids) if user_id == ALICE else set()


class Api:
    """The parts of Synapse's interface for modules that are used."""

    def __init__(self, store: Any) -> None:
        self._store = store

    async def run_db_interaction(self, _: str, ask: Any, *values: str) -> Any:
        return ask(self._store.database.cursor(), *values)


class BoundedInboxTest(unittest.TestCase):
    def setUp(self) -> None:
        self.store = Store()
        bounded_inbox.BoundedInbox({}, Api(self.store))

    def send(self, sender: str, *users: str, size: int = 1, devices: int = 1) -> int:
        message = {"content": {"text": "x" * size}, "type": "m.test", "sender": sender, "message_id": "1"}
        given = {user: {f"DEVICE{n}": message for n in range(devices)} for user in users}
        return asyncio.run(self.store.add_messages_from_remote_to_device_inbox("other.org", "1", given))

    def waiting(self, user: str) -> int:
        count = self.store.database.execute("SELECT count(*) FROM device_inbox WHERE user_id = ?", (user,))
        return int(count.fetchone()[0])

    def test_takes_a_few_messages_of_a_stranger(self) -> None:
        self.assertEqual(self.send(STRANGER, ALICE, BOB, devices=3), 7)
        self.assertEqual([self.waiting(ALICE), self.waiting(BOB)], [3, 3])

    def test_drops_those_of_a_stranger_when_many_wait(self) -> None:
        self.send(FRIEND, ALICE, devices=bounded_inbox.MOST - 1)
        for _ in range(3):
            self.assertEqual(self.send(STRANGER, ALICE, BOB), 7)
        self.assertEqual([self.waiting(ALICE), self.waiting(BOB)], [bounded_inbox.MOST, 3])

    def test_takes_every_message_of_a_user_in_the_same_room(self) -> None:
        self.send(FRIEND, ALICE, devices=bounded_inbox.MOST)
        self.send(FRIEND, ALICE, size=2 * bounded_inbox.LARGEST)
        self.assertEqual(self.waiting(ALICE), bounded_inbox.MOST + 1)
        # Friend shares no room with Bob.
        self.send(FRIEND, BOB, devices=bounded_inbox.MOST)
        self.send(FRIEND, BOB)
        self.assertEqual(self.waiting(BOB), bounded_inbox.MOST)

    def test_drops_a_large_message_of_a_stranger(self) -> None:
        self.send(STRANGER, ALICE, BOB, size=bounded_inbox.LARGEST)
        self.send(STRANGER, BOB, size=bounded_inbox.LARGEST // 2)
        self.assertEqual([self.waiting(ALICE), self.waiting(BOB)], [0, 1])

    def test_does_not_start_beside_another_store(self) -> None:
        class Renamed(Store):
            do_users_share_a_room = None  # type: ignore[assignment]

        class Changed(Store):
            async def add_messages_from_remote_to_device_inbox(  # type: ignore[override]
                self, origin: str, local_messages_by_user_then_device: dict[str, dict[str, Any]]
            ) -> int:
                return 0

        class Waiting(Store):
            def do_users_share_a_room(
                self, user_id: str, other_user_ids: Any, exclude_room_id: str | None = None
            ) -> Any:
                return None

        for store, missing in (
            (None, bounded_inbox.ADD),
            (Changed(), bounded_inbox.ADD),
            (Renamed(), "do_users_share_a_room"),
            (Waiting(), "do_users_share_a_room"),
        ):
            with self.assertRaisesRegex(RuntimeError, f"has no {missing}.*use the version of Synapse"):
                bounded_inbox.BoundedInbox({}, Api(store))
