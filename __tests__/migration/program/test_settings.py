import dataclasses
import json
import tempfile
import unittest
from pathlib import Path

from matrix_migration import settings
from migration_case import SETTINGS


class Load(unittest.TestCase):
    def test_reads_what_the_deployment_renders(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "settings.json"
            path.write_text(json.dumps(dataclasses.asdict(SETTINGS)), encoding="utf-8")
            self.assertEqual(settings.load(path), SETTINGS)
            path.write_text('{"server_name": "example.org"}', encoding="utf-8")
            self.assertRaises(TypeError, settings.load, path)
