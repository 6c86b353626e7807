import shutil
from pathlib import Path

from backup_case import OTHER_SYSTEM, SETTINGS, SYSTEM, BackupCase, listed, stored, uploaded
from matrix_backups import installation, wal_archive
from matrix_backups.mounts import WAL


def segment(number: str, timeline: str = "00000001", system: str = SYSTEM) -> str:
    return f"{system}/{timeline}00000000/{timeline}00000000{number}"


class WalArchive(BackupCase):
    def write(self, *paths: str) -> None:
        for path in paths:
            self.put(WAL / path, "WAL")

    def left(self) -> list[str]:
        return sorted(str(path.relative_to(WAL)) for path in WAL.rglob("*") if path.is_file())

    def forget(self, first: str = "000000010000000000000005") -> None:
        """Removes segments, as after a backup that begins with this one."""
        wal_archive.forget(wal_archive.files(), SYSTEM, first)

    def test_lists_complete_segments_only(self) -> None:
        self.write(f"{segment('00000005')}.gz", f"{SYSTEM}/0000000100000000/.000000010000000000000006.gz")
        self.assertEqual(list(wal_archive.files()), [Path(f"{WAL}/{segment('00000005')}.gz")])

    def test_forgets_the_wal_from_before_a_backup_and_none_that_it_needs(self) -> None:
        self.write(f"{segment('00000004')}.gz", f"{segment('00000005')}.gz", f"{segment('00000006')}.gz")
        self.forget()
        self.assertEqual(self.left(), [f"{segment('00000005')}.gz", f"{segment('00000006')}.gz"])

    def test_compares_positions_and_ignores_timelines(self) -> None:
        kept = [f"{segment('00000006')}.gz", f"{segment('00000006', '00000002')}.gz"]
        self.write(f"{segment('00000004', '00000002')}.gz", *kept)
        self.forget("000000020000000000000005")
        self.assertEqual(self.left(), kept)

    def test_forgets_notes_of_backups_and_unfinished_wal_with_the_segment_that_they_belong_to(self) -> None:
        self.write(f"{segment('00000004')}.00000028.backup.gz", f"{segment('00000004')}.partial.gz")
        self.write(f"{segment('00000006')}.00000028.backup.gz")
        self.forget()
        self.assertEqual(self.left(), [f"{segment('00000006')}.00000028.backup.gz"])

    def test_forgets_wal_of_earlier_database_systems(self) -> None:
        self.write(f"{segment('00000009', '00000001', OTHER_SYSTEM)}.gz", f"{segment('00000005')}.gz")
        self.forget()
        self.assertEqual(self.left(), [f"{segment('00000005')}.gz"])

    def test_keeps_histories_and_timelines_of_every_system(self) -> None:
        """They tell the timeline of a moment."""
        kept = [f"{one}/{name}" for one in (SYSTEM, OTHER_SYSTEM) for name in ("00000002.history.gz", "timelines")]
        self.write(*kept, f"{segment('00000001')}.gz")
        self.forget()
        self.assertEqual(self.left(), sorted(kept))

    def test_removes_only_folders_that_became_empty(self) -> None:
        self.write(f"{segment('00000004')}.gz", f"{segment('00000006', '00000002')}.gz")
        self.forget()
        self.assertEqual([path.name for path in (WAL / SYSTEM).iterdir()], ["0000000200000000"])

    def test_forgets_nothing_that_came_after_it_was_stored(self) -> None:
        self.write(f"{segment('00000003')}.gz")
        there = wal_archive.files()
        self.write(f"{segment('00000004')}.gz")
        wal_archive.forget(there, SYSTEM, "000000010000000000000005")
        self.assertEqual(self.left(), [f"{segment('00000004')}.gz"])

    def test_is_uploaded_whole_with_the_name_of_the_installation(self) -> None:
        self.write(f"{segment('00000003')}.gz")
        self.answer({"backup": {"lines": [{"message_type": "summary", "snapshot_id": "one"}]}})
        sent = wal_archive.upload(SETTINGS, ("sealed",))
        self.assertIn(Path(f"{WAL}/{segment('00000003')}.gz"), sent)
        self.assertIn(f"--tag wal,spool={installation.name()},sealed --exclude .* -- {WAL}", self.calls()[-1])

    def test_is_not_uploaded_when_a_file_cannot_be_read(self) -> None:
        self.write("lost")
        lines = [{"message_type": "error", "item": f"{WAL}/lost"}, {"message_type": "summary", "snapshot_id": "one"}]
        self.answer({"backup": {"code": 3, "lines": lines}})
        message = f"1 WAL segments could not be read, the first is {WAL}/lost"
        self.assertEqual(self.problem(wal_archive.upload, SETTINGS), message)

    def test_lists_the_files_in_the_repository(self) -> None:
        self.write(f"{segment('00000003')}.gz", f"{segment('00000004')}.gz")
        there = [{"type": "file", "path": f"{WAL}/{segment('00000003')}.gz"}]
        self.answer({**listed(uploaded("one", "2026-01-01T02:05", installation.name())), "ls": {"lines": there}})
        self.assertEqual(list(wal_archive.uploaded(SETTINGS)), [Path(f"{WAL}/{segment('00000003')}.gz")])
        self.answer(listed(*stored("other", "2025-01-01T02:05", "ended-before")))
        shutil.rmtree(WAL)
        installation.PREDECESSORS.write_text("ended-before")
        self.assertEqual(wal_archive.uploaded(SETTINGS), {})
