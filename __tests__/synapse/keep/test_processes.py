import subprocess
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
    def test_has_memory_until_it_is_gone(self) -> None:
        command = [sys.executable, "-c", "print(flush=True); input()"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.enterContext(process)
        assert process.stdout
        process.stdout.readline()
        self.assertGreater(processes.memory_of(process), 1_000_000)
        self.assertFalse(processes.ended(process, 0.1))
        process.communicate(b"\n")
        self.assertTrue(processes.ended(process, 0))
        self.assertEqual((processes.memory_of(process), processes.memory_of(None)), (0, 0))


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
