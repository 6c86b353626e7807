import dataclasses
import os
from typing import Any
from unittest import mock

from backup_case import SETTINGS, BackupCase, stored
from matrix_backups.media import Media
from matrix_backups.mounts import MEDIA

BUCKET = "s3:https://s3.example.org/media"
IN_BUCKET = dataclasses.replace(SETTINGS, media_bucket=BUCKET)
DATABASE = {"users": 3, "file": "abcdef"}


class MediaCase(BackupCase):
    def uploaded(self, count: int) -> None:
        for number in range(count):
            self.put(MEDIA / f"local_content/file-{number}", f"media {number}")


class OnTheClaim(MediaCase):
    def count(self, *before: int) -> int:
        """Counts the media after backups with these numbers of files."""
        snapshots = [
            one
            for day, files in enumerate(before)
            for one in stored(f"{day}", f"2026-01-0{day + 1}T02:05", files=str(files))
        ]
        return Media(SETTINGS, snapshots).count()

    def test_are_stored(self) -> None:
        for what, now, before in (
            ("more than half are left", 5, [9]),
            ("just half are left", 5, [10]),
            ("there was no backup before", 0, []),
            ("there were none before", 0, [0]),
            ("the last backup had fewer, whatever one before had", 5, [100, 6]),
        ):
            with self.subTest(what):
                self.setUp()
                self.uploaded(now)
                self.assertEqual(self.count(*before), now)

    def test_are_refused_when_more_than_half_of_those_in_the_last_backup_are_gone(self) -> None:
        self.uploaded(4)
        problem = self.problem(self.count, 1, 9)
        self.assertIn("only 4 of the 9 media files in the last backup are left", problem)
        self.assertIn("kubectl -n here set env cronjob/matrix-backup ACCEPT_FEWER_MEDIA=yes", problem)

    def test_are_stored_when_an_operator_accepts_fewer(self) -> None:
        with mock.patch.dict(os.environ, ACCEPT_FEWER_MEDIA="yes"):
            self.assertEqual(self.count(9), 0)
        with mock.patch.dict(os.environ, ACCEPT_FEWER_MEDIA="no"):
            self.assertIn("only 0 of the 9 media files", self.problem(self.count, 9))

    def test_are_known_to_the_drill(self) -> None:
        self.uploaded(1)
        media = Media(SETTINGS, [])
        self.assertEqual((media.known(DATABASE), media.sample()), ({"database": DATABASE}, ["/local_content/file-0"]))
        self.assertEqual(media.described("1"), "1 media files")


class InABucket(MediaCase):
    def media(self, note: str = "", **before: Any) -> Media:
        """The media after a backup on 2 January."""
        self.uploaded(2)
        if note:
            self.put(MEDIA.parent / "media-in-bucket", f"{note}\n")
        return Media(IN_BUCKET, stored("20260102T020500Z", "2026-01-02T02:05", **{"files": "9", **before}))

    def test_are_left_out_once_all_of_them_have_been_seen_there(self) -> None:
        media = self.media(f"20260102T030000Z {BUCKET}")
        self.assertEqual((media.folders, media.count(), media.sample()), ([], 0, []))
        self.assertEqual(media.described("0"), f"no media, which are in {BUCKET}")

    def test_are_backed_up_from_the_claim_until_then(self) -> None:
        for what, note in (
            ("nothing is noted", ""),
            ("another bucket has them", f"20260102T030000Z {BUCKET}/other"),
            ("backups have held media since then", f"20260102T010000Z {BUCKET}"),
            ("the note is not one", "\0"),
        ):
            with self.subTest(what):
                media = self.media(note)
                # Those that have left the claim are no loss.
                self.assertEqual((media.folders, media.count()), ([MEDIA / "local_content"], 2))
                self.assertEqual(len(media.sample()), 2)
                self.assertEqual(media.described("2"), f"2 media files, until all are in {BUCKET}")

    def test_stay_left_out_after_backups_without_them(self) -> None:
        self.assertEqual(self.media(f"20260102T010000Z {BUCKET}", files="0").folders, [])

    def test_are_backed_up_when_the_note_is_a_link(self) -> None:
        (MEDIA.parent / "media-in-bucket").symlink_to(
            self.put(MEDIA.parent / "elsewhere", f"20260102T030000Z {BUCKET}")
        )
        self.assertEqual(len(self.media().folders), 1)

    def test_are_not_asked_for_in_a_drill_which_may_find_the_newest_in_the_bucket_only(self) -> None:
        for note in ("", f"20260102T030000Z {BUCKET}"):
            known = {"database": {**DATABASE, "file": None}, "mediaBucket": BUCKET}
            self.assertEqual(self.media(note).known(DATABASE), known)
        self.assertEqual(self.media().known({})["database"], {})
