import errno
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import volume


class Volume(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def refusal(self, code: int) -> str | None:
        with mock.patch.object(Path, "touch", side_effect=OSError(code, os.strerror(code))):
            return volume.refusal(self.folder)

    def test_that_can_be_written_is_accepted_and_left_as_it_was(self) -> None:
        (self.folder / "lost+found").mkdir(mode=0o000)
        self.assertIsNone(volume.refusal(self.folder))
        volume.check(self.folder)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["lost+found"])

    def test_of_another_user_is_refused_with_the_command_that_helps(self) -> None:
        self.folder.chmod(0o755)
        ids = f"{os.getuid()}:{os.getgid()}"
        said = self.refusal(errno.EACCES) or ""
        self.assertIn(f"cannot be written by user {os.getuid()} and group {os.getgid()}: it belongs to {ids}", said)
        self.assertIn("with mode 755. Its storage does not apply fsGroup, as NFS and hostPath do not: give it", said)
        self.assertIn(f"chown -R {ids}, see docs/how-to/storage.md", said)

    def test_that_is_read_only_is_refused(self) -> None:
        self.assertIn(
            f"the volume at {self.folder} is read-only: check its PersistentVolume", self.refusal(errno.EROFS) or ""
        )

    def test_that_is_full_is_not_refused_because_reading_must_go_on(self) -> None:
        self.assertIsNone(self.refusal(errno.ENOSPC))

    def test_that_is_refused_fails_the_check(self) -> None:
        with mock.patch.object(volume, "refusal", return_value="no"), self.assertRaisesRegex(PermissionError, "^no$"):
            volume.check(self.folder)
