import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

import volume_lock
from volume_lock import VolumeLock, was_taken_by_another


class Locked(unittest.TestCase):
    def setUp(self) -> None:
        self.file = Path(self.enterContext(tempfile.TemporaryDirectory())) / "synapse.lock"
        self.enterContext(mock.patch.object(volume_lock, "FILE", self.file))
        self.pod = self.enterContext(mock.patch.object(volume_lock.socket, "gethostname", return_value="first"))

    def test_is_taken_once_until_its_owner_ends(self) -> None:
        # Two opened files stand for two processes: the kernel treats them alike.
        one, other = VolumeLock(), VolumeLock()
        self.assertTrue(one.taken(wait=False))
        self.assertFalse(other.taken(wait=False))
        waiting = threading.Thread(target=other.taken, args=(True,))
        waiting.start()
        waiting.join(0.2)
        self.assertTrue(waiting.is_alive())
        volume_lock.os.close(one._file)
        waiting.join(5)
        self.assertFalse(waiting.is_alive())

    def test_has_the_name_of_the_pod_that_took_it_last(self) -> None:
        self.assertFalse(was_taken_by_another())
        one = VolumeLock()
        # An earlier version of the program wrote no name.
        self.assertFalse(was_taken_by_another())
        one.taken(wait=False)
        self.assertFalse(was_taken_by_another())
        self.pod.return_value = "a-second"
        self.assertTrue(was_taken_by_another())
        volume_lock.os.close(one._file)
        VolumeLock().taken(wait=False)
        self.assertEqual(self.file.read_text(), "a-second")
        self.assertFalse(was_taken_by_another())

    def test_is_taken_on_a_full_volume_without_a_name(self) -> None:
        with mock.patch.object(volume_lock.os, "pwrite", side_effect=OSError("no space left")):
            self.assertTrue(VolumeLock().taken(wait=False))
        self.assertFalse(was_taken_by_another())

    def test_cannot_be_where_the_volume_is_not_writable(self) -> None:
        self.file.mkdir()
        with self.assertRaises(OSError):
            VolumeLock()
