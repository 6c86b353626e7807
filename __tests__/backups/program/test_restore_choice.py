import random

from backup_case import MANAGED, SETTINGS, BackupCase
from matrix_backups import restore_choice
from matrix_backups.mounts import CHOICE
from matrix_backups.problem import Problem

ODD = (b"\x00", b"\xff\xfe", b"a\nb", b"../../etc/passwd", b"$(touch x)", b"'; rm -rf /", b"9" * 100_000)
ODD += ("\u00b2".encode(), "\u0661".encode(), b"yes", b"--help", b"\x1b[2J", b"0", b"1e9", b"-1", b" true x ")
#: What is a value of a choice, and must not be of the others.
VALID = {"set": (b"yes", b"0", b"1e9", b"--help", b"-1"), "timeline": ()}


class Choice(BackupCase):
    def read(self, name: str, value: bytes) -> dict[str, str]:
        self.put(CHOICE / name, value)
        try:
            return restore_choice.read(SETTINGS)
        finally:
            (CHOICE / name).unlink()

    def test_is_what_an_operator_wrote(self) -> None:
        for name, value in (
            ("set", "20260131T020000Z"),
            ("time", "2026-01-31T14:05:00Z"),
            ("timeline", "2"),
            ("dump", "true"),
            ("secrets", "false"),
            ("receiver", "lost"),
            ("undo", ""),
        ):
            with self.subTest(name):
                self.assertEqual(self.read(name, f"{value}\n".encode()), {name: value})

    def test_is_refused_in_one_short_line_when_it_is_odd(self) -> None:
        noise = random.Random(1)
        odd = [*ODD, *(noise.randbytes(noise.randint(1, 64)) for _ in range(50))]
        for name in restore_choice.CHOICES:
            for value in odd:
                if value in VALID.get(name, ()) or not value.strip():
                    continue
                with self.subTest(name=name, value=value[:20]), self.assertRaises(Problem) as caught:
                    self.read(name, value)
                said = str(caught.exception)
                self.assertRegex(said, rf"^{name} [ -~]+ is not valid: use [ -~]+$")
                self.assertLess(len(said), 500)

    def test_is_refused_when_it_is_unknown_or_for_another_database(self) -> None:
        self.put(CHOICE / "sets", "x")
        self.assertIn("'sets' is not a valid choice", self.problem(restore_choice.read, SETTINGS))
        (CHOICE / "sets").unlink()
        self.put(CHOICE / "undo", "true")
        self.assertIn("managed elsewhere", self.problem(restore_choice.read, MANAGED))
