from typing import Any

from backup_case import MANAGED, ROOT, SETTINGS, BackupCase, listed, stored
from matrix_backups import installation, locks, restore_fetch
from matrix_backups.catalog import Snapshot
from matrix_backups.fetch import planned
from matrix_backups.mounts import CHOICE, HANDOVER, SECRETS, WAL
from matrix_backups.settings import Settings

VOLUME = ROOT / "postgres"
MARKER = VOLUME / "restore-in-progress"
DUMP = Snapshot("dump", "2026-01-02T05:30:00Z", ["dump"], {"id": "dump-one", "bytes": "4096"})


class RestoreCase(BackupCase):
    def choose(self, **choice: str) -> None:
        for name, value in choice.items():
            self.put(CHOICE / name, f"{value}\n")
        # Kubernetes adds such folders to the volume of a ConfigMap.
        self.put(CHOICE / "..data/set")

    def holds(self, *snapshots: Snapshot, **more: dict[str, Any]) -> None:
        self.answer({**listed(*snapshots), **more})

    def fetches(self, settings: Settings = SETTINGS) -> str:
        return self.said(restore_fetch.run, settings)


class Fetch(RestoreCase):
    def setUp(self) -> None:
        super().setUp()
        # restic would restore these.
        (VOLUME / "pgdata.restoring").mkdir()
        self.mine = stored("one", "2026-01-01T02:05", installation.name())

    def fetches(self, settings: Settings = SETTINGS) -> str:
        # The code checks the room after making it, and sets the mode after restic ran.
        (VOLUME / "pgdata.restoring").mkdir(exist_ok=True)
        return super().fetches(settings)

    def test_plans_the_newest_backup_to_the_end_of_the_wal(self) -> None:
        self.holds(*self.mine)
        self.assertIn("restore: backup one, to the end of the WAL on timeline 1", self.fetches())
        plan = planned()
        self.assertEqual(
            (plan["action"], plan["set"], plan["data"], plan["timeline"]), ("restore", "one", "data-one", "1")
        )
        logs = plan["logs"].split(" ")
        self.assertEqual(
            (logs[0], logs[-1]), (f"{WAL}/7450000000000000001", f"{VOLUME}/restore-wal/7450000000000000001")
        )
        self.assertTrue(MARKER.exists())
        restored = [call.split(" ")[1] for call in self.calls() if call.startswith("restore")]
        self.assertIn("data-one:" + str(SECRETS), restored)
        self.assertIn(f"log-one:{WAL}", restored)

    def test_notes_the_installations_that_it_replaces(self) -> None:
        self.holds(*stored("theirs", "2026-01-01T02:05", "elsewhere"))
        self.fetches()
        self.assertEqual((HANDOVER / "predecessors").read_text(), "elsewhere\n")

    def test_only_plans_an_undo(self) -> None:
        self.choose(undo="true")
        self.assertEqual(self.fetches(), "")
        self.assertEqual(planned(), {"action": "undo"})
        self.assertEqual((MARKER.exists(), self.calls()), (False, []))

    def test_takes_the_newest_dump_and_the_media_of_the_newest_backup(self) -> None:
        self.holds(*self.mine, DUMP)
        self.choose(dump="true", secrets="true")
        self.assertEqual(self.fetches(), "restore: dump-one\n")
        wanted = {"action": "dump", "set": "dump-one", "data": "data-one", "secrets": "true"}
        self.assertEqual(planned(), wanted)

    def test_fails_without_a_dump_and_says_how_to_make_one(self) -> None:
        self.holds(*self.mine)
        self.choose(dump="true")
        message = (
            "there is no dump yet: make one with kubectl -n here create job --from=cronjob/matrix-backup-dump dump"
        )
        self.assertEqual(self.problem(self.fetches), message)

    def test_leaves_the_database_as_it_was_when_it_fails(self) -> None:
        error = {"message_type": "error", "item": "/global/1262"}
        self.holds(*self.mine, restore={"code": 1, "lines": [error]})
        self.assertRegex(self.problem(self.fetches), "is damaged")
        self.assertEqual(list(VOLUME.iterdir()), [])

    def test_keeps_the_marker_that_names_where_data_was_moved(self) -> None:
        MARKER.write_text("pgdata.before-restore-1")
        self.holds()
        self.problem(self.fetches)
        self.assertEqual(MARKER.read_text(), "pgdata.before-restore-1")

    def test_removes_data_moved_aside_only_by_choice(self) -> None:
        self.holds(*self.mine)
        aside = VOLUME / "pgdata.before-restore-1"
        self.put(aside / "PG_VERSION")
        self.fetches()
        self.assertTrue(aside.exists())
        self.choose(discard="true")
        MARKER.write_text(str(aside))
        self.fetches()
        self.assertTrue(aside.exists())
        MARKER.unlink()
        self.fetches()
        self.assertFalse(aside.exists())

    def test_fails_at_once_while_a_backup_is_running(self) -> None:
        with locks.staging("backup"):
            self.assertIn("backup (this-pod) is still running", self.problem(self.fetches))
        self.assertFalse(MARKER.exists())

    def test_refuses_an_unknown_choice(self) -> None:
        self.choose(sets="one")
        self.assertIn("'sets' is not a valid choice: use set, time, timeline", self.problem(self.fetches))


class WithoutDatabase(RestoreCase):
    def setUp(self) -> None:
        super().setUp()
        facts = {"id": "one", "data": "data-one", "files": "1", "spool": "elsewhere"}
        self.holds(Snapshot("set", "2026-01-01T02:05:00Z", ["set"], facts), *stored("old", "2025-01-01T02:05"))

    def test_fetches_the_secrets_of_the_newest_backup(self) -> None:
        said = self.fetches(MANAGED)
        self.assertEqual(said, "restore: backup one, without the database, which is managed elsewhere\n")
        self.assertEqual(planned(), {"action": "restore", "set": "one", "data": "data-one", "secrets": ""})
        self.assertEqual((HANDOVER / "predecessors").read_text(), "elsewhere\nfirst\n")
        self.assertEqual(list(VOLUME.iterdir()), [])

    def test_takes_a_backup_and_secrets_by_choice(self) -> None:
        self.choose(set="old", secrets="true")
        self.fetches(MANAGED)
        self.assertEqual((planned()["set"], planned()["secrets"]), ("old", "true"))

    def test_refuses_choices_for_the_database(self) -> None:
        for name in ("time", "timeline", "dump", "receiver", "undo", "discard"):
            with self.subTest(name):
                self.choose(**{name: "true"})
                problem = self.problem(self.fetches, MANAGED)
                self.assertIn(f"'{name}' is a choice for the database, which is managed elsewhere", problem)
                self.assertIn("Use only set and secrets", problem)
                (CHOICE / name).unlink()
