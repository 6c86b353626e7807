"""Runs the program as a process, as the first one of a container."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import keep_running

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
        end = time.time() + 30
        while self.starts() < starts and time.time() < end:
            time.sleep(0.05)
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

    def test_ends_a_command_that_takes_nearly_all_memory_and_starts_it_again(self) -> None:
        allocate = "sys.argv.append(bytearray(os.urandom(1)) * 60_000_000); time.sleep(60)"
        command = [sys.executable, "-c", COMMAND.format(allocate), str(self.notes)]
        keeper = keep_running.Keeper([self.watched], command, limit=60_000_000)
        keep_running.threading.Thread(target=keeper.watch_memory, daemon=True).start()
        keep_running.threading.Thread(target=keeper.run, daemon=True).start()
        self.wait_for(2)
        keeper.end(signal.SIGTERM, None)


#: Takes a lock, notes how it began and with which secret, and stays. The next one says that it waits, and does.
SERVER = """
import fcntl, os, sys, time
from pathlib import Path
folder = Path(sys.argv[1])
waits = os.environ.get("NEXT")
if waits and "refused" in os.environ["SECRET"]:
    sys.exit(4)
lock = open(folder / "lock", "w")
if waits:
    Path(waits).touch()
fcntl.flock(lock, fcntl.LOCK_EX)
with open(folder / "served", "a") as file:
    file.write(f"{'next' if waits else 'new'} {os.environ['SECRET']} {os.getpid()}\\n")
time.sleep(60)
"""


class NextTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.secrets = self.folder / "secrets"
        self.secrets.mkdir()
        self.secret = self.secrets / "SECRET"
        self.secret.write_text("old")
        for name, value in (("WAITS", self.folder / "waits"), ("LOOK", 0.1), ("answers", lambda _: True)):
            self.enterContext(mock.patch.object(keep_running, name, value))
        command = [sys.executable, "-c", SERVER, str(self.folder)]
        self.keeper = keep_running.Keeper([self.secrets], command, limit=2**40, url="http://localhost")
        self.thread = threading.Thread(target=self.keeper.run, daemon=True)
        self.thread.start()
        self.addCleanup(self.end)
        self.wait_for(lambda: len(self.served()) == 1)

    def end(self) -> None:
        self.keeper.end(signal.SIGTERM, None)
        self.thread.join(10)
        self.assertFalse(self.thread.is_alive())

    def served(self) -> list[list[str]]:
        file = self.folder / "served"
        return [line.split() for line in file.read_text().splitlines()] if file.exists() else []

    def wait_for(self, what: Callable[[], bool]) -> None:
        end = time.time() + 20
        while not what() and time.time() < end:
            time.sleep(0.05)
        self.assertTrue(what())

    def waits(self) -> bool:
        return keep_running.WAITS.exists()

    def kill(self) -> None:
        os.kill(int(self.served()[-1][2]), signal.SIGKILL)

    def how(self) -> list[list[str]]:
        return [line[:2] for line in self.served()]

    def test_waits_beside_one_that_serves_and_takes_its_place_each_time_that_it_is_killed(self) -> None:
        for times in (1, 2):
            self.wait_for(self.waits)
            self.kill()
            self.wait_for(lambda times=times: len(self.served()) == 1 + times)  # type: ignore[misc]
            keep_running.WAITS.unlink(missing_ok=True)
        self.assertEqual(self.how(), [["new", "old"], ["next", "old"], ["next", "old"]])

    def test_takes_its_place_with_the_new_secret_when_one_changes(self) -> None:
        self.wait_for(self.waits)
        self.secret.write_text("new")
        self.wait_for(lambda: len(self.served()) == 2)
        self.assertEqual(self.how(), [["new", "old"], ["next", "new"]])

    def test_is_not_needed_where_it_fails(self) -> None:
        self.wait_for(self.waits)
        self.secret.write_text("refused")
        self.wait_for(lambda: len(self.served()) == 2)
        self.assertEqual(self.how(), [["new", "old"], ["new", "refused"]])

    def test_never_begins_when_all_is_to_end(self) -> None:
        self.wait_for(self.waits)
        self.end()
        time.sleep(1)
        self.assertEqual(self.how(), [["new", "old"]])
