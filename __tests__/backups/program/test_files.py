import os

from backup_case import ROOT, BackupCase
from matrix_backups import files

PATH = ROOT / "here/file"


class Files(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        self.put(ROOT / "secrets/one", "a secret")
        PATH.parent.mkdir()

    def test_are_read_as_text(self) -> None:
        self.put(PATH, "text")
        self.assertEqual(files.read(PATH), "text")
        self.assertIn("larger than 3 bytes", self.problem(files.read, PATH, 3))
        self.put(PATH, b"\xff")
        self.assertIn("is not text in UTF-8", self.problem(files.read, PATH))

    def test_are_not_read_through_a_link_or_from_a_pipe_which_would_block(self) -> None:
        PATH.symlink_to(ROOT / "secrets/one")
        self.assertIn("is a link, and is not followed", self.problem(files.read, PATH))
        PATH.unlink()
        os.mkfifo(PATH)
        self.assertIn("is not a file", self.problem(files.read, PATH))
        self.assertFalse(files.is_plain(PATH))

    def test_take_the_place_of_a_link_instead_of_what_it_points_to(self) -> None:
        PATH.symlink_to(ROOT / "secrets/one")
        files.write(PATH, "new")
        self.assertEqual((files.read(PATH), (ROOT / "secrets/one").read_text()), ("new", "a secret"))
        self.assertEqual(list(PATH.parent.iterdir()), [PATH])

    def test_are_removed_without_what_a_link_points_to(self) -> None:
        PATH.symlink_to(ROOT / "secrets")
        files.remove(PATH)
        self.put(PATH / "below")
        (PATH / "link").symlink_to(ROOT / "secrets")
        files.remove(PATH)
        files.remove(PATH)
        self.assertEqual((PATH.exists(), (ROOT / "secrets/one").exists()), (False, True))

    def test_and_folders_are_told_from_everything_else(self) -> None:
        self.put(PATH)
        (PATH.parent / "link").symlink_to("/")
        os.mkfifo(PATH.parent / "pipe")
        self.assertEqual(sorted(path.name for path in files.others(PATH.parent)), ["link", "pipe"])
