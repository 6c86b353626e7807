from types import SimpleNamespace
from unittest import mock

from backup_case import BackupCase
from matrix_backups import room

MIB = 1 << 20


class RoomCase(BackupCase):
    def disk(self, free: int) -> None:
        disk = SimpleNamespace(free=free * MIB, total=1000 * MIB)
        self.enterContext(mock.patch.object(room.shutil, "disk_usage", return_value=disk))

    def database(self, free: int) -> None:
        self.put(room.DATABASE)
        room.DATABASE.write_text(
            f"# HELP matrix_database_volume_free_bytes free\nmatrix_database_volume_free_bytes {free * MIB}\n"
            f"matrix_database_volume_size_bytes {200 * MIB}\n",
            encoding="utf-8",
        )

    def test_warns_once_when_a_claim_fills_and_says_when_it_has_room_again(self) -> None:
        watched = room.Room()
        self.disk(101)
        self.database(20)
        self.assertEqual(self.said(watched.look), "")
        self.database(19)
        warning = "the claim of the database has only 19 MiB of 200 MiB left: docs/how-to/grow-a-claim.md\n"
        self.assertEqual(self.said(watched.look), f"agent: WARNING: {warning}")
        self.assertEqual(self.said(watched.look), "")
        self.disk(99)
        self.assertIn("the claim of the backups has only 99 MiB of 1000 MiB left", self.said(watched.look))
        self.database(21)
        self.assertEqual(self.said(watched.look), "agent: the claim of the database has room again\n")

    def test_knows_no_claim_of_a_database_that_is_managed_elsewhere_or_whose_note_is_incomplete(self) -> None:
        self.assertEqual(list(room.volumes()), ["backups"])
        self.put(room.DATABASE)
        room.DATABASE.write_text("matrix_database_volume_free_bytes 1\n", encoding="utf-8")
        self.assertEqual(list(room.volumes()), ["backups"])
