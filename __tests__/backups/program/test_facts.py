import json

from backup_case import BackupCase
from matrix_backups import facts

GOOD = "system=7450000000000000001\nfirst=000000010000000000000005\nend=0/5000100\nbytes=4096\n"
KNOWN = {"schemaVersion": 94, "users": 1, "rooms": 1, "events": 9, "media": 0}


class Facts(BackupCase):
    def test_of_a_base_backup_become_tags(self) -> None:
        self.assertEqual(facts.tags(GOOD)["end"], "0/5000100")

    def test_are_refused_when_they_are_more_than_a_value(self) -> None:
        for line in (
            "system=1,set",
            "system=../../etc",
            "system=1 -c x",
            "first=$(touch x)",
            "end=0/1;",
            "bytes=a[0]",
            "timeline=\u0661",
            "set=1",
            "system",
            "finished=2026-01-01",
        ):
            with self.subTest(line):
                self.assertIn("of PostgreSQL is not valid", self.problem(facts.tags, f"{GOOD}{line}\n"))

    def test_of_the_content_are_counts_and_names(self) -> None:
        message = {"room": "!r:example.org", "event": "$e"}
        found = {**KNOWN, "message": message, "file": "abcdef"}
        self.assertEqual(facts.content(json.dumps(found)), found)
        self.assertEqual(facts.content("{}"), {})

    def test_leave_out_names_that_are_not_safe_to_ask_for(self) -> None:
        for message, file in (
            ({"room": "!r x", "event": "$e"}, "../../x"),
            ({"room": ["!r"], "event": "$e"}, 7),
            ("!r", {"a": 1}),
            ({"room": "!r\n", "event": "$e"}, ""),
        ):
            with self.subTest(message=message):
                found = facts.content(json.dumps({**KNOWN, "message": message, "file": file}))
                self.assertEqual((found["message"], found["file"]), (None, None))

    def test_of_the_content_are_refused_when_they_are_not_counts(self) -> None:
        for text in ("", "[]", "null", '{"users": 1}', json.dumps({**KNOWN, "users": "1"}), "[" * 99999):
            with self.subTest(text[:20]):
                self.assertIn("are not valid", self.problem(facts.content, text))
