import dataclasses
import json

from backup_case import MANAGED, SETTINGS, BackupCase
from matrix_backups import fetch, restore_media
from matrix_backups.mounts import DATA, MEDIA, RECOVERED

EPOCH = DATA / "database-epoch.json"
LISTED = {"lines": [{"path": f"{MEDIA}/local_content"}]}


class Media(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        fetch.plan(set="one", data="data-one")
        (RECOVERED / "restored").touch()

    def test_come_back_and_the_guard_knows_that_this_was_a_restore(self) -> None:
        summary = {"message_type": "summary", "files_restored": 2, "total_files": 5}
        self.answer({"ls": LISTED, "restore": {"lines": [summary]}})
        self.assertEqual(self.said(restore_media.run, SETTINGS), "restore: 2 of 5 media files restored\n")
        self.assertEqual(json.loads(EPOCH.read_text()), {"explained": "one"})
        restored = f"restore data-one:{MEDIA} --target {DATA}/media_store --overwrite=if-changed"
        self.assertEqual(self.calls()[-1], restored)

    def test_stay_as_they_are_after_an_undo(self) -> None:
        (RECOVERED / "restored").unlink()
        fetch.plan(action="undo")
        self.assertEqual(self.said(restore_media.run, SETTINGS), "")
        self.assertEqual((json.loads(EPOCH.read_text()), self.calls()), ({"explained": "undo"}, []))

    def test_may_be_missing_in_the_backup(self) -> None:
        self.assertEqual(self.said(restore_media.run, SETTINGS), "restore: the backup holds no media\n")

    def test_are_named_when_they_are_in_a_bucket(self) -> None:
        settings = dataclasses.replace(SETTINGS, media_bucket="s3:https://s3.example.org/media")
        said = "restore: the backup holds no media: they are in s3:https://s3.example.org/media\n"
        self.assertEqual(self.said(restore_media.run, settings), said)

    def test_are_no_longer_known_to_be_in_the_bucket_once_some_have_come_back(self) -> None:
        """Else the next backup would leave them out."""
        note = self.put(DATA / "media-in-bucket", "20260102T030000Z s3:https://s3.example.org/media")
        self.said(restore_media.run, SETTINGS)
        self.assertTrue(note.exists())
        self.answer({"ls": LISTED, "restore": {"lines": [{"message_type": "summary"}]}})
        self.said(restore_media.run, SETTINGS)
        self.assertFalse(note.exists())

    def test_that_are_damaged_are_named_and_not_restored(self) -> None:
        half = self.put(DATA / "media_store/local_content/ab", "half")
        error = {"message_type": "error", "item": "/local_content/ab"}
        self.answer({"ls": LISTED, "restore": {"code": 1, "lines": [error]}})
        said = self.said(restore_media.run, SETTINGS)
        self.assertIn("WARNING: /local_content/ab is damaged in the backup and was not restored", said)
        self.assertFalse(half.exists())

    def test_that_are_all_damaged_do_not_fail_the_restore(self) -> None:
        self.answer({"ls": {"code": 1}, "restore": {"code": 1}})
        self.assertIn("WARNING: the media in this backup are damaged", self.said(restore_media.run, SETTINGS))

    def test_fail_when_the_store_is_unreachable(self) -> None:
        self.answer({"ls": LISTED, "restore": {"code": 1}, "cat": {"code": 1}})
        self.assertIn("the repository at", self.problem(restore_media.run, SETTINGS))

    def test_come_back_and_the_guard_is_not_told_when_the_database_is_managed_elsewhere(self) -> None:
        """The owner of the database restores it, so the guard must still ask."""
        (RECOVERED / "restored").unlink()
        self.answer({"ls": LISTED, "restore": {"lines": [{"message_type": "summary"}]}})
        self.assertEqual(self.said(restore_media.run, MANAGED), "restore: 0 of ? media files restored\n")
        self.assertFalse(EPOCH.exists())
