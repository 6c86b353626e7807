import gzip
from typing import Any

from backup_case import MANAGED, SETTINGS, BackupCase
from matrix_backups import metrics, verify
from matrix_backups.mounts import WAL

BLOB, PACK = "b" * 64, "a" * 64


def error(message: str) -> dict[str, str]:
    return {"message_type": "error", "message": message}


def hit(path: str, time: str) -> dict[str, Any]:
    return {"path": path, "time": f"{time}.123456789Z"}


class Verify(BackupCase):
    def damaged(self) -> list[str]:
        return list(verify.damaged_snapshots())

    def test_succeeds_when_nothing_is_damaged(self) -> None:
        self.assertEqual(self.damaged(), [])
        self.assertRegex(
            self.said(verify.run, SETTINGS), "^verify: all of s3:.* and the WAL archive was read and is whole"
        )
        self.assertRegex(self.said(verify.run, MANAGED), "^verify: all of s3:[^ ]* was read and is whole")
        self.assertIn("last_success_timestamp_seconds", metrics.read("verify")[0])

    def test_names_the_files_of_a_damaged_blob_and_in_which_snapshots_they_are(self) -> None:
        media = "/media/media_store/local_content/ab"
        hits = [
            hit(media, "2026-01-02T02:05:00"),
            hit(media, "2026-01-01T02:05:00"),
            hit("/backup/work/base/PG_VERSION", "2026-01-02T02:05:00"),
        ]
        said = error(f"pack {PACK} contains 1 errors: [blob {BLOB}: ciphertext verification failed]")
        self.answer({"check": {"code": 1, "lines": [said]}, "find --blob": {"lines": [hits]}})
        self.assertEqual(
            self.damaged(),
            [
                "/backup/work/base/PG_VERSION in 1 snapshots, from 2026-01-02T02:05:00 to 2026-01-02T02:05:00",
                f"{media} in 2 snapshots, from 2026-01-01T02:05:00 to 2026-01-02T02:05:00",
            ],
        )

    def test_names_the_files_of_a_damaged_pack_when_no_blob_of_it_is_known(self) -> None:
        hits = [hit("/secrets/one", "2026-01-02T02:05:00")]
        lines = [error(f"pack {PACK}: not returned by the store")]
        self.answer({"check": {"code": 1, "lines": lines}, "find --pack": {"lines": [hits]}})
        self.assertEqual(
            self.damaged(), ["/secrets/one in 1 snapshots, from 2026-01-02T02:05:00 to 2026-01-02T02:05:00"]
        )

    def test_repeats_the_messages_of_restic_when_no_file_is_known(self) -> None:
        lines = [error("index\n is  broken"), error(f"pack {PACK}: gone")]
        self.answer({"check": {"code": 1, "lines": lines}})
        self.assertEqual(self.damaged(), [f"index is broken; pack {PACK}: gone"])

    def test_names_damaged_wal_in_the_archive_only(self) -> None:
        whole = gzip.compress(b"WAL")
        flipped = bytearray(whole)
        flipped[-6] ^= 1
        for number, content in enumerate((whole, whole[:-4], b"no gzip at all", bytes(flipped)), 1):
            self.put(WAL / f"1/00000001000000000000000{number}.gz", content)
        self.put(WAL / "1/timelines", "plain text")
        named = sorted(one.split(" in the WAL archive: ")[0] for one in verify.damaged_wal())
        self.assertEqual(named, [f"{WAL}/1/00000001000000000000000{number}.gz" for number in (2, 3, 4)])
        self.assertIn("damaged:\n  ", self.problem(verify.run, SETTINGS))
