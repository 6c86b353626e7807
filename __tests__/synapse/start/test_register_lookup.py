import json
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import register_lookup


class RegisterLookupTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name in ("as_token", "hs_token"):
            (self.folder / f"membership_lookup_{name}").write_text(f"{name}-value\n", encoding="utf-8")

    def written(self, *settings: Any) -> tuple[dict[str, Any], list[str]]:
        files = []
        for number, content in enumerate(settings):
            files.append(self.folder / f"{number}.yaml")
            files[-1].write_text(json.dumps(content), encoding="utf-8")
        register_lookup.write(self.folder, self.folder, files)
        own = self.folder / "membership-lookup.yaml"
        listed = json.loads((self.folder / "settings.yaml").read_text(encoding="utf-8"))["app_service_config_files"]
        self.assertEqual(listed[-1], str(own))
        return json.loads(own.read_text(encoding="utf-8")), listed[:-1]

    def test_registers_a_service_that_can_only_look_up_members(self) -> None:
        made, others = self.written({})
        self.assertEqual((made["as_token"], made["hs_token"], made["url"]), ("as_token-value", "hs_token-value", None))
        self.assertEqual(made["namespaces"], {"users": [], "aliases": [], "rooms": []})
        self.assertEqual(len(made["io.element.msc4502.scopes"]), 1)
        self.assertEqual(others, [])

    def test_keeps_the_application_services_of_the_settings(self) -> None:
        bridge = {"app_service_config_files": ["/bridge.yaml"]}
        self.assertEqual(self.written(bridge)[1], ["/bridge.yaml"])
        self.assertEqual(self.written(bridge, {"other": 1})[1], ["/bridge.yaml"])
        self.assertEqual(self.written(bridge, {"app_service_config_files": ["/last.yaml"]})[1], ["/last.yaml"])

    def test_becomes_the_command(self) -> None:
        with mock.patch("os.execvp") as run:
            register_lookup.main(str(self.folder), str(self.folder), "--", "python3", "x.py")
        run.assert_called_once_with("python3", ("python3", "x.py"))
