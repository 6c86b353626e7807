import json
from typing import Any

from backup_case import BackupCase
from matrix_backups import objects

SOURCE = """
CREATE OR REPLACE FUNCTION check_it() RETURNS trigger AS $BODY$
    BEGIN
        RETURN NEW;
    END;
$BODY$ LANGUAGE plpgsql;
cur.execute("CREATE TRIGGER check_it BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION check_it()")
    CREATE TABLE t (since BIGINT DEFAULT extract(epoch from now()) * 1000);
"""
CODE = "\n    BEGIN\n  RETURN NEW;\n    END;\n"


class Objects(BackupCase):
    def strange(self, *found: tuple[str, str, str | None]) -> list[str]:
        rows = [{"database": "synapse", "kind": kind, "name": name, "code": code} for kind, name, code in found]
        return objects.strange("".join(f"{json.dumps(row)}\n" for row in rows), SOURCE)

    def test_that_synapse_makes_are_known(self) -> None:
        expressions = ("'X'::bpchar", "nextval('s'::regclass)", "(EXTRACT(epoch FROM now()) * (1000)::numeric)")
        known = [("function", "check_it", CODE), ("trigger", "check_it", None)]
        self.assertEqual(self.strange(*known, *(("expression", "t", one) for one in expressions)), [])

    def test_that_it_never_makes_are_named(self) -> None:
        found: Any
        for found in (
            ("function", "check_it", "BEGIN PERFORM evil(); RETURN NEW; END;"),
            ("function", "evil", CODE),
            ("function", "check_it", None),
            ("function", "check_it", ""),
            ("trigger", "evil", None),
            ("view", "events", None),
            ("extension", "dblink", None),
            ("event trigger", "evil", None),
            ("role", "check_it", None),
            ("large object", "16400", None),
            ("setting", "session_preload_libraries", None),
            ("cast", "text as integer", None),
        ):
            with self.subTest(found):
                self.assertEqual(self.strange(found), [f"{found[0]} {found[1]}"])

    def test_include_calls_in_expressions(self) -> None:
        self.assertEqual(self.strange(("expression", "t", "evil((1)::integer)")), ["expression t"])
        self.assertEqual(self.strange(("expression", "t", "query_to_xml('DROP TABLE t')")), ["expression t"])

    def test_cannot_write_lines_of_their_own(self) -> None:
        self.assertEqual(self.strange(("trigger", "a\nb\x1b[2J", None)), ["trigger a?b?[2J"])
        self.assertIn("is not valid", self.problem(objects.strange, "[]", ""))
        self.assertIn("is not valid", self.problem(objects.strange, "nothing", ""))

    def test_are_not_judged_without_the_schema_of_synapse(self) -> None:
        self.assertIn("has no schema", self.problem(objects.schema))
