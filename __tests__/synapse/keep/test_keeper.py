import os
import signal
import sys
import tempfile
import threading
import time
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import keeper
from keeper import Keeper
from patience import until

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
if waits:
    Path(waits).unlink()
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
        for name, value in (("WAITS", self.folder / "waits"), ("LOOK", 0.1), ("CALM", 2), ("answers", lambda _: True)):
            self.enterContext(mock.patch.object(keeper, name, value))
        command = [sys.executable, "-c", SERVER, str(self.folder)]
        self.keeper = Keeper([self.secrets], command, limit=2**40, url="http://localhost")
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
        self.assertTrue(until(what))

    def waits(self) -> bool:
        return keeper.WAITS.exists()

    def kill(self) -> None:
        os.kill(int(self.served()[-1][2]), signal.SIGKILL)

    def how(self) -> list[list[str]]:
        return [line[:2] for line in self.served()]

    def ends_with_new(self) -> None:
        self.wait_for(lambda: self.how()[-1] == ["next", "new"])
        # On a busy machine, the change may be seen before the kill.
        self.assertIn(self.how()[:-1], ([["new", "old"], ["next", "old"]], [["new", "old"]]))

    def test_waits_beside_one_that_serves_and_takes_its_place_each_time_that_it_is_killed(self) -> None:
        for times in (1, 2):
            self.wait_for(self.waits)
            self.kill()
            self.wait_for(lambda times=times: len(self.served()) == 1 + times)  # type: ignore[misc]
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

    def test_is_made_anew_where_it_takes_the_place_with_an_old_secret(self) -> None:
        self.wait_for(self.waits)
        self.enterContext(mock.patch.object(keeper, "LOOK", 1.0))
        self.secret.write_text("new")
        self.kill()
        self.ends_with_new()

    def test_stays_where_the_one_before_is_killed_while_a_secret_changes(self) -> None:
        self.wait_for(self.waits)
        self.enterContext(mock.patch.object(keeper, "LOOK", 1.0))
        # The look that goes on is the last short one.
        time.sleep(0.2)
        self.secret.write_text("new")
        time.sleep(1.5)
        self.kill()
        self.ends_with_new()

    def test_begins_no_renewal_when_all_is_to_end(self) -> None:
        self.wait_for(self.waits)
        self.enterContext(mock.patch.object(keeper, "LOOK", 1.0))
        self.secret.write_text("new")
        time.sleep(0.5)
        self.end()
        time.sleep(1)
        self.assertEqual(self.how(), [["new", "old"]])


class MemoryTest(unittest.TestCase):
    def test_ends_a_command_that_takes_nearly_all_of_it_and_starts_it_again(self) -> None:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        secrets, notes = folder / "secrets", folder / "notes"
        secrets.mkdir()
        allocate = "import os, sys, time; open(sys.argv[1], 'a').write('x'); x = os.urandom(60_000_000); time.sleep(60)"
        kept = Keeper([secrets], [sys.executable, "-c", allocate, str(notes)], limit=60_000_000)
        threads = [threading.Thread(target=one, daemon=True) for one in (kept.watch_memory, kept.run)]
        for thread in threads:
            thread.start()
        until(lambda: notes.exists() and len(notes.read_text()) >= 2)
        kept.end(signal.SIGTERM, None)
        threads[1].join(10)
        self.assertGreaterEqual(len(notes.read_text()), 2)
