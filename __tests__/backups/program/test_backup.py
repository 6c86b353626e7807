import contextlib
import dataclasses
import hashlib
import json
import os
from typing import Any
from unittest import mock

from backup_case import MANAGED, SETTINGS, BackupCase, listed, stored
from matrix_backups import backup, dump, installation, locks, metrics, repository, restic
from matrix_backups.mounts import BACKUP, CONFIG, MEDIA, SECRETS
from matrix_backups.settings import Settings

CONTENT = {"users": 3, "rooms": 2, "events": 9, "media": 1, "message": None, "file": None}
SUMMARY = {"message_type": "summary", "snapshot_id": "stored"}


class BackupJobCase(BackupCase):
    def uploaded(self, count: int) -> None:
        for number in range(count):
            self.put(MEDIA / f"local_content/file-{number}", f"media {number}")

    def copied(self, pod: str = "this-pod") -> None:
        """Leaves the files of copy-database.sh."""
        self.put(BACKUP / "work/base/PG_VERSION", "17")
        self.put(BACKUP / "work.notes/tags", "system=1\nfirst=000000010000000000000005\nbytes=4096\n")
        self.put(BACKUP / "work.notes/facts.json", json.dumps(CONTENT))
        self.put(BACKUP / "work.notes/pod", f"{pod}\n")

    def listings(self) -> list[str]:
        return [call for call in self.calls() if "--tag set," in call]

    def manifest(self, settings: Settings) -> dict[str, Any]:
        """Makes a backup, and returns its manifest."""
        with mock.patch.object(backup, "restic", wraps=restic.restic) as asked:
            self.said(backup.run, settings)
        manifest: dict[str, Any] = json.loads(asked.call_args.kwargs["text"])
        return manifest


class Backup(BackupJobCase):
    def setUp(self) -> None:
        super().setUp()
        self.uploaded(2)
        self.copied()
        # The two calls differ by their next option: of the folders, and of the manifest.
        self.store({"lines": [SUMMARY]})

    def store(self, said: dict[str, Any]) -> None:
        self.answer({"snapshots": {"lines": [[]]}, "backup --retry-lock=5m": said})

    def unread(self, name: str) -> dict[str, Any]:
        error = {"message_type": "error", "item": str(MEDIA / "local_content" / name)}
        return {"code": 3, "lines": [error, SUMMARY]}

    def test_is_listed_when_everything_is_stored(self) -> None:
        said = self.said(backup.run, SETTINGS)
        self.assertRegex(said, r"^backup: backup \d{8}T\d{6}Z is complete: 4096 bytes of database, 2 media files\n")
        self.assertRegex(said, "backup: WARNING: it is not confirmed that the repository password")
        [listing] = self.listings()
        self.assertRegex(listing, ",data=stored,system=1,first=0+10+5,bytes=4096,files=2 --stdin")
        self.assertEqual(self.calls()[-1], listing)
        self.assertTrue(repository.LAST.exists())
        self.assertEqual(metrics.read("backup")[0]["database_bytes"], 4096)
        kinds = [call.split("--tag ")[1].split(",")[0] for call in self.calls() if call.startswith("backup")]
        self.assertEqual(kinds, ["data", "wal", "set"])

    def test_fails_and_is_not_listed_when_a_file_could_not_be_read(self) -> None:
        self.store(self.unread("file-1"))
        message = f"1 files could not be read, so no backup is made; the first is {MEDIA}/local_content/file-1"
        self.assertEqual(self.problem(backup.run, SETTINGS), message)
        self.assertEqual((self.listings(), repository.LAST.exists()), ([], False))

    def test_leaves_out_a_file_that_was_deleted_meanwhile(self) -> None:
        self.store(self.unread("deleted"))
        self.said(backup.run, SETTINGS)
        self.assertEqual(len(self.listings()), 1)

    def test_fails_when_restic_reports_no_snapshot(self) -> None:
        self.store({})
        self.assertIn("restic did not report a snapshot", self.problem(backup.run, SETTINGS))
        self.assertEqual(self.listings(), [])

    def test_removes_the_base_backup_when_it_succeeds_or_fails(self) -> None:
        self.store({"code": 1})
        self.problem(backup.run, SETTINGS)
        self.assertEqual(list(backup.WORK.iterdir()), [])

    def test_never_stores_or_removes_the_base_backup_of_another_pod(self) -> None:
        self.copied(pod="another-pod")
        self.assertIn("run this job again", self.problem(backup.run, SETTINGS))
        self.assertTrue((backup.staging.notes("work") / "tags").exists())

    def test_fails_without_a_base_backup(self) -> None:
        (backup.staging.notes("work") / "tags").unlink()
        self.assertIn("the files of this backup are missing", self.problem(backup.run, SETTINGS))

    def test_has_a_manifest_with_the_hashes_of_some_media(self) -> None:
        manifest = self.manifest(SETTINGS)
        hashes = {f"/local_content/file-{one}": hashlib.sha256(f"media {one}".encode()).hexdigest() for one in range(2)}
        self.assertEqual(manifest["sample"], hashes)
        self.assertEqual((manifest["format"], manifest["serverName"]), (2, "example.org"))
        self.assertEqual((manifest["database"], manifest["system"], manifest["files"]), (CONTENT, "1", "2"))
        self.assertEqual(manifest["images"], {"postgres": "postgres:17", "synapse": "synapse:1"})


class MediaInBucket(BackupJobCase):
    settings = dataclasses.replace(SETTINGS, media_bucket="s3:https://s3.example.org/media")

    def setUp(self) -> None:
        super().setUp()
        self.copied()
        before = stored("20260102T020500Z", "2026-01-02T02:05", installation.name(), files="9")
        self.answer({**listed(*before), "backup --retry-lock=5m": {"lines": [SUMMARY]}})

    def test_stay_there_and_the_backup_says_where(self) -> None:
        self.uploaded(1)
        self.put(MEDIA.parent / "media-in-bucket", f"99990102T030000Z {self.settings.media_bucket}\n")
        said = self.said(backup.run, self.settings)
        self.assertIn("4096 bytes of database, no media, which are in s3:https://s3.example.org/media", said)
        self.assertNotIn("local_content", "".join(self.calls()))
        self.assertEqual(metrics.read("backup")[0]["media_files"], 0)

    def test_are_backed_up_while_the_bucket_may_lack_some(self) -> None:
        self.uploaded(1)
        said = self.said(backup.run, self.settings)
        self.assertIn("database, 1 media files, until all are in s3:https://s3.example.org/media", said)
        self.assertIn(f" {MEDIA}/local_content ", "".join(self.calls()))
        self.copied()
        manifest = self.manifest(self.settings)
        self.assertEqual(manifest["mediaBucket"], self.settings.media_bucket)
        self.assertEqual(list(manifest["sample"]), ["/local_content/file-0"])
        self.assertEqual(manifest["database"], {**CONTENT, "file": None})


class WithoutDatabase(BackupJobCase):
    def setUp(self) -> None:
        super().setUp()
        self.uploaded(1)
        self.answer({"snapshots": {"lines": [[]]}, "backup --retry-lock=5m": {"lines": [SUMMARY]}})

    def test_stores_media_secrets_and_configuration_and_no_wal(self) -> None:
        said = self.said(backup.run, MANAGED)
        self.assertRegex(said, r"^backup: backup \S+ is complete: 1 media files\n")
        stores = [call for call in self.calls() if call.startswith("backup")]
        self.assertEqual(len(stores), 2)
        self.assertTrue(stores[0].endswith(f"-- {MEDIA}/local_content {SECRETS} {CONFIG}"))
        self.assertRegex(stores[1], rf"--tag set,id=\S+,data=stored,spool={installation.name()},files=1 --stdin")
        self.assertNotIn("database_bytes", metrics.read("backup")[0])

    def test_has_a_manifest_without_a_database(self) -> None:
        manifest = self.manifest(MANAGED)
        self.assertEqual((manifest["database"], manifest["images"]), ({}, {"synapse": "synapse:1"}))
        self.assertEqual(list(manifest["sample"]), ["/local_content/file-0"])
        self.assertNotIn("system", manifest)

    def test_notices_another_installation(self) -> None:
        self.answer(listed(*stored("strange", "2026-01-02T02:05", "elsewhere")))
        self.assertIn("another installation", self.problem(backup.run, MANAGED))

    def test_refuses_to_dump(self) -> None:
        self.assertIn("managed elsewhere", self.problem(dump.run, MANAGED))


class Dump(BackupJobCase):
    def dumped(self, pod: str = "this-pod") -> None:
        self.put(BACKUP / "dump.notes/tags", "postgres=17\nbytes=4096\n")
        self.put(BACKUP / "dump/toc.dat")
        self.put(BACKUP / "dump.notes/pod", pod)

    def test_is_stored_with_its_facts_and_leaves_no_files_behind(self) -> None:
        self.dumped()
        self.answer({"snapshots": {"lines": [[]]}, "backup": {"lines": [SUMMARY]}})
        self.assertRegex(self.said(dump.run, SETTINGS), r"^dump: dump-\d{8}T\d{6}Z is stored\n$")
        self.assertRegex(self.calls()[-1], rf"--tag dump,id=dump-\S+,postgres=17,bytes=4096 -- {BACKUP}/dump$")
        self.assertEqual([path.name for path in BACKUP.glob("dump*/*")], ["pod"])

    def test_fails_when_it_is_that_of_another_pod_or_cannot_be_read(self) -> None:
        self.dumped("another-pod")
        self.assertIn("run this job again", self.problem(dump.run, SETTINGS))
        self.dumped()
        lines = [{"message_type": "error", "item": "toc.dat"}, SUMMARY]
        self.answer({"snapshots": {"lines": [[]]}, "backup": {"code": 3, "lines": lines}})
        self.assertIn("toc.dat could not be read", self.problem(dump.run, SETTINGS))


class Sample(BackupJobCase):
    def test_stays_within_its_limits(self) -> None:
        from matrix_backups import sample

        self.assertEqual(len(sample.drawn({f"/{number}": 1 for number in range(80)})), sample.FILES)
        large = {f"/{number}": sample.BYTES // 2 for number in range(9)}
        self.assertEqual(len(sample.drawn(large)), 2)
        self.assertEqual(sample.drawn(large, ["/3", "/4", "/5"]), ["/3", "/4", "/5"])

    def test_leaves_out_files_that_vanish_meanwhile(self) -> None:
        from matrix_backups import sample

        self.assertEqual(sample.here(), [])
        self.uploaded(1)
        self.assertEqual(list(sample.hashes([*sample.here(), "/local_content/gone"])), ["/local_content/file-0"])


class Waiting(BackupJobCase):
    def test_a_backup_waits_for_another_one_and_keeps_its_base_backup(self) -> None:
        self.copied()
        os.utime(backup.staging.notes("work") / "tags", (0, 0))
        self.answer({"snapshots": {"lines": [[]]}, "backup": {"lines": [SUMMARY]}})
        other = contextlib.ExitStack()
        other.enter_context(locks.staging("dump"))
        ages: list[float] = []

        def done(_: float) -> None:
            if not ages:
                ages.append((backup.staging.notes("work") / "tags").stat().st_mtime)
            other.close()

        with mock.patch.object(locks.time, "sleep", done):
            self.assertIn("is complete", self.said(backup.run, SETTINGS))
        self.assertGreater(ages[0], 1e9)
