"""Runs the program as a process, as the first one of a container."""

import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from patience import until

PROGRAM = Path("lib/synapse/keep/keep_running.py").absolute()
#: Notes its start, and then does what is given.
COMMAND = "import os, signal, sys, time; open(sys.argv[1], 'a').write('x'); {}"


class KeepRunningTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.notes = Path(folder.name) / "notes"
        self.watched = Path(folder.name) / "watched"
        self.watched.mkdir()

    def keep(self, then: str) -> "subprocess.Popen[str]":
        command = [
            sys.executable,
            str(PROGRAM),
            str(self.watched),
            "--",
            sys.executable,
            "-c",
            COMMAND.format(then),
            str(self.notes),
        ]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        return process

    def starts(self) -> int:
        return len(self.notes.read_text()) if self.notes.exists() else 0

    def wait_for(self, starts: int) -> None:
        until(lambda: self.starts() >= starts)
        self.assertGreaterEqual(self.starts(), starts)

    def test_starts_a_killed_command_again_each_time(self) -> None:
        process = self.keep("os.kill(os.getpid(), signal.SIGKILL)")
        self.wait_for(5)
        process.terminate()
        self.assertIn("ended by signal 9, starting it again", process.communicate(timeout=30)[1])

    def test_ends_with_a_command_that_fails(self) -> None:
        self.assertEqual(self.keep("sys.exit(3)").wait(30), 3)
        self.assertEqual(self.starts(), 1)

    def test_starts_a_command_that_ended_again_with_the_present_secrets(self) -> None:
        secret = self.watched / "PGPASSWORD"
        secret.write_text("old")
        (self.watched / "..data").mkdir()
        process = self.keep("sys.exit(3 if os.environ['PGPASSWORD'] == 'new' else time.sleep(0.5))")
        self.wait_for(2)
        secret.write_text("new")
        self.assertEqual(process.wait(30), 3)

    def test_ends_what_the_command_left_behind(self) -> None:
        beside = f"import time; time.sleep(1); open({str(self.notes)!r}, 'a').write('late')"
        leave = f"import subprocess; subprocess.Popen([sys.executable, '-c', {beside!r}]); sys.exit(3)"
        self.assertEqual(self.keep(leave).wait(30), 3)
        time.sleep(2)
        self.assertEqual(self.notes.read_text(), "x")

    def test_passes_sigterm_on_and_ends(self) -> None:
        process = self.keep("time.sleep(60)")
        self.wait_for(1)
        process.terminate()
        self.assertEqual(process.wait(30), 128 + signal.SIGTERM)
        self.assertEqual(self.starts(), 1)
