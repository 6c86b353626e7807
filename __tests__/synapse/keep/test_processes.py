import sys
import tempfile
import unittest
from pathlib import Path

import processes
from stand_in_server import serving


class MemoryLimitTest(unittest.TestCase):
    def test_reads_the_first_file_that_exists(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file, absent = Path(folder) / "limit", Path(folder) / "absent"
            file.write_text("2147483648\n")
            self.assertEqual(processes.memory_limit((absent, file)), 2**31)
            file.write_text("max\n")
            self.assertEqual(processes.memory_limit((file,)), float("inf"))
            self.assertEqual(processes.memory_limit((absent,)), float("inf"))


class ProcessTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "SECRET").write_text("old")

    def begin(self, code: str, **more: str) -> processes.Process:
        process = processes.Process([sys.executable, "-c", code], [self.folder], **more)
        self.addCleanup(process.ended, 10)
        self.addCleanup(process.kill)
        return process

    def test_has_memory_until_it_is_gone(self) -> None:
        process = self.begin(f"import time; open({str(self.folder / '..begun')!r}, 'w'); time.sleep(60)")
        while not (self.folder / "..begun").exists():
            self.assertFalse(process.ended(0.1))
        self.assertGreater(process.memory(), 1_000_000)
        process.kill()
        self.assertTrue(process.ended(10))
        self.assertEqual(process.memory(), 0)

    def test_has_the_files_as_variables_and_knows_how_they_were(self) -> None:
        code = "import os, sys; sys.exit(os.environ['SECRET'] != 'old' or os.environ['NEXT'] != 'x')"
        process = self.begin(code, NEXT="x")
        self.assertEqual(process.wait(10), 0)
        self.assertEqual(process.read, processes.digest_of([self.folder]))
        (self.folder / "SECRET").write_text("new")
        self.assertNotEqual(process.read, processes.digest_of([self.folder]))


class DigestTest(unittest.TestCase):
    def test_differs_when_a_file_does_and_leaves_out_those_of_the_kubelet(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            secret, data = Path(folder) / "secret", Path(folder) / "..data"
            secret.write_text("one")
            data.mkdir()
            before = processes.digest_of([Path(folder)])
            (Path(folder) / "..2026").write_text("x")
            self.assertEqual(processes.digest_of([Path(folder)]), before)
            secret.write_text("two")
            self.assertNotEqual(processes.digest_of([Path(folder)]), before)


class AnswersTest(unittest.TestCase):
    def test_says_whether_synapse_serves(self) -> None:
        with serving(lambda *_: (200, {})) as url:
            self.assertTrue(processes.answers(url))
        with serving(lambda *_: (503, {})) as url:
            self.assertFalse(processes.answers(url))
        self.assertFalse(processes.answers("http://127.0.0.1:1/health"))
