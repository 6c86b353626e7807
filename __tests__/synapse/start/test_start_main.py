import importlib
import json
import os
import socket
import sys
import tempfile
import threading
import unittest
import urllib.request
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import start_main
import volume_lock
from output import outcome

ARGUMENTS = ("-c", "/config/homeserver.yaml")


class ConfigError(Exception):
    def __init__(self, message: str, path: tuple[str, ...] | None = None) -> None:
        super().__init__(message)
        self.path = path


def free_port() -> int:
    with socket.create_server(("", 0)) as server:
        return int(server.getsockname()[1])


class StartMain(unittest.TestCase):
    FIRST = ("wait beside", "kept_by_another", "apply", "check", "synapse")

    def setUp(self) -> None:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.homeserver = folder / "homeserver.yaml"
        self.homeserver.write_text(json.dumps({"database": {"args": {"host": "db", "cp_max": 5}}}))
        for module in (volume_lock, start_main):
            self.enterContext(mock.patch.object(module, "FILE", folder / "synapse.lock"))
        self.done: list[Any] = []
        self.settings, self.registrations = mock.Mock(), mock.Mock()
        self.modules = {
            "synapse.app.homeserver": SimpleNamespace(main=lambda: self.done.append(("synapse", sys.argv[1:]))),
            "synapse.config.appservice": SimpleNamespace(load_appservices=self.registrations),
            "synapse.config.homeserver": SimpleNamespace(HomeServerConfig=self.settings),
        }
        load = importlib.import_module
        self.enterContext(
            mock.patch.object(start_main.importlib, "import_module", lambda name: self.modules.get(name) or load(name))
        )
        self.enterContext(mock.patch.object(sys, "argv", ["start_main.py", "before"]))
        #: What is in the way beside another one, in turn.
        self.others: list[str | None] = []
        self.enterContext(mock.patch.object(start_main.wait_for_database, "wait", self.wait))
        for module, name in (
            (start_main.wait_for_database, "kept_by_another"),
            (start_main.table_settings, "apply"),
            (start_main.epoch_guard, "check"),
        ):
            self.step(module, name)
        self.port = free_port()

    def step(self, module: Any, name: str) -> None:
        self.enterContext(mock.patch.object(module, name, lambda *given: self.done.append((name, *given))))

    def wait(self, server: Any, beside: bool = False) -> str | None:
        self.done.append(("wait beside" if beside else "wait", server))
        return self.others.pop(0) if beside and self.others else None

    def start(self) -> tuple[int, str]:
        given = (str(self.homeserver), str(self.port), "1", "empty", "psql", *ARGUMENTS)
        return outcome(start_main.main, *given)

    def start_beside_another(self) -> tuple[volume_lock.VolumeLock, threading.Thread, list[tuple[int, str]]]:
        other = volume_lock.VolumeLock()
        other.taken(wait=False)
        result: list[tuple[int, str]] = []
        thread = threading.Thread(target=lambda: result.append(self.start()))
        thread.start()
        return other, thread, result

    def steps(self) -> tuple[str, ...]:
        return tuple(name for name, *_ in self.done)

    def standing_by(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"http://localhost:{self.port}/ready", timeout=5):
            return True
        return False

    def test_becomes_synapse_once_the_database_is_checked(self) -> None:
        self.assertEqual(self.start(), (0, ""))
        server = {"host": "db"}
        self.assertEqual(
            self.done,
            [
                ("wait beside", server),
                ("kept_by_another", server),
                ("apply", server),
                ("check", str(self.homeserver), "empty", "psql"),
                ("synapse", list(ARGUMENTS)),
            ],
        )
        # Synapse reads them itself.
        self.settings.load_config.assert_not_called()

    def test_is_ready_beside_another_one_and_begins_when_that_ends(self) -> None:
        other, thread, result = self.start_beside_another()
        while not self.standing_by():
            self.assertTrue(thread.is_alive())
        self.assertEqual(self.done, [("wait beside", {"host": "db"})])
        self.settings.load_config.assert_called_once_with("Synapse", list(ARGUMENTS))
        volume_lock.os.close(other._file)
        thread.join(10)
        [(code, said)] = result
        self.assertEqual(code, 0)
        self.assertIn("standing by: another Synapse has locked the volume", said)
        self.assertEqual(self.steps(), ("wait beside", *self.FIRST))
        # Synapse does not answer yet.
        self.assertFalse(self.standing_by())

    def test_waits_as_the_next_one_without_the_port_of_the_probes(self) -> None:
        waits = self.homeserver.with_name("next")
        self.enterContext(mock.patch.dict(os.environ, {"NEXT": str(waits)}))
        serving, thread, result = self.start_beside_another()
        while not waits.exists():
            self.assertTrue(thread.is_alive())
        socket.create_server(("", self.port)).close()
        volume_lock.os.close(serving._file)
        thread.join(10)
        self.assertEqual(result[0][0], 0)
        self.assertEqual(self.steps(), ("wait beside", *self.FIRST))
        self.assertFalse(waits.exists())
        # It has the port now.
        with self.assertRaises(OSError):
            socket.create_server(("", self.port))
        self.assertNotIn("NEXT", os.environ)

    def test_has_no_next_one_where_a_volume_cannot_be_locked(self) -> None:
        self.enterContext(mock.patch.dict(os.environ, {"NEXT": "/nowhere"}))
        volume_lock.FILE.mkdir()
        code, said = self.start()
        self.assertEqual((code, self.done), (1, []))
        self.assertIn("so Synapse has no next process that waits", said)

    def test_leaves_the_other_one_alone_when_a_registration_is_not_valid(self) -> None:
        other = volume_lock.VolumeLock()
        other.taken(wait=False)
        loaded = self.settings.load_config.return_value
        self.registrations.side_effect = KeyError("Required string field: 'id' (/secrets/bot.yaml)")
        code, said = self.start()
        self.assertEqual((code, self.done), (1, []))
        self.assertIn("refuses its settings: \"Required string field: 'id' (/secrets/bot.yaml)\"", said)
        self.registrations.assert_called_once_with(
            loaded.server.server_name, loaded.appservice.app_service_config_files
        )

    def test_leaves_the_other_one_alone_when_its_settings_are_wrong(self) -> None:
        other = volume_lock.VolumeLock()
        other.taken(wait=False)
        self.settings.load_config.side_effect = ConfigError("not a number", ("retention", "max_lifetime"))
        code, said = self.start()
        self.assertEqual(code, 1)
        self.assertIn("refuses its settings at retention.max_lifetime: not a number", said)
        self.assertEqual(self.done, [])

    def test_says_where_a_volume_cannot_be_locked_and_relies_on_the_database(self) -> None:
        volume_lock.FILE.mkdir()
        code, said = self.start()
        self.assertEqual(code, 0)
        self.assertRegex(said, "^WARNING: .*synapse.lock cannot be locked.*Is a directory")
        self.assertEqual(self.steps(), self.FIRST)

    def test_stands_by_where_only_the_database_knows_of_another_one(self) -> None:
        volume_lock.FILE.mkdir()
        self.others = ["another Synapse is connected from 10.0.0.9"]
        code, said = self.start()
        self.assertEqual(code, 0)
        self.assertIn("standing by: another Synapse is connected from 10.0.0.9", said)
        self.settings.load_config.assert_called_once()
        self.assertEqual(self.steps(), ("wait beside", "wait", "apply", "check", "synapse"))

    def test_stands_by_when_another_one_has_begun_at_the_same_moment(self) -> None:
        why = "another Synapse has just begun; it must stop first"
        with mock.patch.object(start_main.wait_for_database, "kept_by_another", lambda _: why):
            code, said = self.start()
        self.assertEqual(code, 0)
        self.assertIn(f"standing by: {why}", said)
        self.assertEqual(self.steps(), ("wait beside", "wait", "apply", "check", "synapse"))
