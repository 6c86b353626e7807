import tempfile
import unittest
from pathlib import Path
from unittest import mock

import schema


class Known(unittest.TestCase):
    def test_is_read_without_importing_synapse(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            files = Path(folder, "storage", "schema")
            files.mkdir(parents=True)
            (files / "__init__.py").write_text("X = 1\nSCHEMA_VERSION = 94  # remember\n", encoding="utf-8")
            package = mock.Mock(submodule_search_locations=[folder])
            with mock.patch.object(schema.importlib.util, "find_spec", return_value=package):
                self.assertEqual(schema.known(), 94)


class OfDatabase(unittest.TestCase):
    def version(self, *row: int | None) -> int:
        cursor = mock.Mock()
        cursor.fetchone.return_value = row
        return schema.of_database(cursor, 94)

    def test_may_be_older_or_newer_than_what_this_synapse_knows(self) -> None:
        self.assertEqual([self.version(93, 84), self.version(94, None), self.version(96, 94)], [93, 94, 96])

    def test_refuses_one_that_this_synapse_would_damage(self) -> None:
        with self.assertRaisesRegex(
            SystemExit, "REFUSED: the database is for Synapse with schema 95 or later, and .* 94"
        ):
            self.version(96, 95)
