from unittest import mock

from matrix_migration import place, step_compare
from matrix_migration.problem import Problem
from migration_case import SETTINGS, MigrationCase
from output import outcome

ROWS = {"events": [("$1", 1), ("$2", 2)], "users": [("@anna:example.org", "hash")]}
WHOLE = {"events": "event_id, stream_ordering", "users": "name, password_hash"}


class StepCompare(MigrationCase):
    def setUp(self) -> None:
        super().setUp()
        self.copied(place.PORTED)
        patch = mock.patch.object(step_compare, "WHOLE", WHOLE)
        patch.start()
        self.addCleanup(patch.stop)
        names = [("events",), ("users",), ("local_media_repository",), ("rooms",)]
        counts = {f'count(*) FROM "{name}"': [(len(ROWS.get(name, [])),)] for (name,) in names}
        self.postgres.answers = {
            "pg_tables": names,
            **counts,
            "sum(": [(0,)],
            "SELECT event_id": ROWS["events"],
            "SELECT name": ROWS["users"],
            "max(": [(2,)],
            "count(*)": [(0,)],
        }

    def test_lets_synapse_start_when_all_is_equal(self) -> None:
        code, said = outcome(step_compare.run, SETTINGS)
        self.assertEqual((code, said[:34]), (0, "compare: 4 tables with 3 rows are "))
        self.assertEqual(place.state()["step"], place.COMPARED)
        self.assertIn("DROP TABLE IF EXISTS sqlite_migration", self.postgres.ran[-1])

    def test_lets_synapse_start_when_it_was_killed_just_before(self) -> None:
        place.note({**place.state(), "step": place.COMPARED})
        self.assertIn("done before", outcome(step_compare.run, SETTINGS)[1])
        self.assertIn("DROP TABLE IF EXISTS sqlite_migration", self.postgres.ran[-1])

    def refused(self, what: str) -> None:
        self.assertRaisesRegex(Problem, what, step_compare.run, SETTINGS)
        self.assertEqual(place.state()["step"], place.PORTED)
        self.assertFalse([query for query in self.postgres.ran if "DROP" in query])

    def test_refuses_when_a_row_is_missing(self) -> None:
        self.postgres.answers['count(*) FROM "events"'] = [(1,)]
        self.refused(r"differs from SQLite in rows .*: events \(2 and 1\)\. Synapse does not start")

    def test_refuses_when_a_value_differs(self) -> None:
        self.postgres.answers["SELECT name"] = [("@anna:example.org", "other")]
        self.refused("differs from SQLite in the values in users")

    def test_refuses_when_a_table_with_rows_is_missing(self) -> None:
        self.postgres.answers["pg_tables"] = [("users",)]
        self.refused(r"events \(2 and 0\)")

    def test_takes_bytes_and_text_for_equal(self) -> None:
        self.assertEqual(step_compare.digest([(b"a", 1)]), step_compare.digest([("a", 1)]))
        self.assertNotEqual(step_compare.digest([("ab", "c")]), step_compare.digest([("a", "bc")]))
