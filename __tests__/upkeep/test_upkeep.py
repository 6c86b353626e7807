import json
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, unquote, urlsplit

import upkeep

from output import outcome
from stand_in_server import serving

DAY = 86_400
OLD, YOUNG = 31 * DAY, 29 * DAY


class UpkeepTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "admin_password").write_text("of the administrator\n")
        self.enterContext(mock.patch.object(upkeep.time, "sleep"))
        #: Rooms: seconds since the last event, members of this server, whether all have forgotten it.
        self.rooms: dict[str, tuple[float | None, int, bool]] = {"!old": (OLD, 0, False)}
        self.deletions: list[tuple[str, Any]] = []
        self.states: dict[str, list[str]] = {}
        self.federates = False
        self.sessions = 0
        self.url = self.enterContext(serving(self.answer))

    def answer(self, method: str, path: str, body: Any, token: str) -> tuple[int, Any]:
        parts = urlsplit(path)
        words, query = [unquote(word) for word in parts.path.split("/")], parse_qs(parts.query)
        if words[-1] == "login":
            self.sessions += 1
            return 200, {"access_token": "of root"}
        if token != "of root":
            return 401, {"errcode": "M_UNKNOWN_TOKEN"}
        if words[-1] == "logout":
            self.sessions -= 1
            return 200, {}
        if words[-1] == "rooms":
            return self.listed(query)
        if words[-2] == "delete_status":
            status = self.states.get(words[-1], ["complete"]).pop(0)
            if status == "complete":
                del self.rooms[words[-1]]
            return 200, {"status": status}
        room = words[5]
        if room not in self.rooms:
            return 404, {"errcode": "M_NOT_FOUND"}
        age, members, forgotten = self.rooms[room]
        if words[-1] == "timestamp_to_event":
            self.assertEqual(query["dir"], ["b"])
            self.assertAlmostEqual(int(query["ts"][0]) / 1000, time.time(), delta=60)
            return (404, {}) if age is None else (200, {"origin_server_ts": int((time.time() - age) * 1000)})
        if method == "DELETE":
            self.assertEqual(words[3], "v2")
            self.deletions.append((room, body))
            return 200, {"delete_id": room}
        return 200, {"joined_local_members": members, "forgotten": forgotten}

    def listed(self, query: dict[str, list[str]]) -> tuple[int, Any]:
        """Two a page; Synapse lists those without a member."""
        self.assertEqual(query["empty_rooms"], ["true"])
        start, names = int(query["from"][0]), list(self.rooms)
        more = {"next_batch": start + 2} if start + 2 < len(names) else {}
        return 200, {"rooms": [{"room_id": name} for name in names[start : start + 2]], **more}

    def clean_up(self) -> tuple[int, str]:
        settings = {
            "homeserver": self.url,
            "administrator": "root",
            "secretsFolder": str(self.folder),
            "patience": 0.1,
            "abandonedRoomsAfter": 30 * DAY,
            "federates": self.federates,
        }
        path = self.folder / "settings.json"
        path.write_text(json.dumps(settings), encoding="utf-8")
        return outcome(upkeep.main, [str(path)])

    def test_deletes_what_is_old_enough_on_every_page_and_nothing_else(self) -> None:
        self.rooms |= {"!young": (YOUNG, 0, False), "!older": (2 * OLD, 0, True), "!new": (0, 0, True)}
        code, said = self.clean_up()
        self.assertEqual((code, list(self.rooms)), (0, ["!young", "!new"]))
        self.assertIn("deleted 2 rooms; 2 others that no user here is in stay", said)
        self.assertEqual(self.sessions, 0)

    def test_purges_and_blocks_nothing(self) -> None:
        self.clean_up()
        self.assertEqual(self.deletions, [("!old", {"purge": True, "block": False, "force_purge": False})])

    def test_keeps_a_room_that_somebody_has_joined_since_it_was_listed(self) -> None:
        self.rooms = {"!old": (OLD, 1, False)}
        self.assertEqual((self.clean_up()[0], self.deletions), (0, []))

    def test_keeps_a_room_without_an_event_of_which_the_age_is_not_known(self) -> None:
        self.rooms = {"!unknown": (None, 0, True)}
        self.assertEqual((self.clean_up()[0], self.deletions), (0, []))

    def test_in_a_federation_keeps_rooms_to_which_another_server_may_have_invited(self) -> None:
        self.federates = True
        self.rooms |= {"!forgotten": (OLD, 0, True)}
        self.assertEqual((self.clean_up()[0], list(self.rooms)), (0, ["!old"]))

    def test_waits_until_a_room_is_gone_before_it_takes_the_next(self) -> None:
        self.rooms |= {"!next": (OLD, 0, False)}
        self.states = {"!old": ["scheduled", "active", "complete"]}
        code, said = self.clean_up()
        self.assertEqual((code, self.states), (0, {"!old": []}))
        self.assertLess(said.index("!old: complete"), said.index("!next: complete"))

    def test_fails_when_a_room_is_not_deleted_and_still_deletes_the_others(self) -> None:
        self.rooms |= {"!next": (OLD, 0, False)}
        self.states = {"!old": ["failed"]}
        code, said = self.clean_up()
        self.assertEqual((code, list(self.rooms), self.sessions), (1, ["!old"], 0))
        self.assertIn("upkeep: 1 rooms were not deleted", said)

    def test_does_nothing_when_it_runs_again(self) -> None:
        self.clean_up()
        self.assertIn("deleted 0 rooms", self.clean_up()[1])

    def test_fails_when_synapse_is_away(self) -> None:
        self.url = "http://127.0.0.1:1"
        code, said = self.clean_up()
        self.assertEqual(code, 1)
        self.assertIn("upkeep: Synapse did not answer at http://127.0.0.1:1", said)


if __name__ == "__main__":
    unittest.main()
