from typing import Any

from backup_case import SETTINGS, BackupCase
from matrix_backups import locks, repository, restic

REPOSITORY = "s3:https://s3.example.org/backups"
NONE = {"cat": {"code": 10}}


class Making(BackupCase):
    def made(self) -> bool:
        return "init" in self.calls()

    def test_happens_once_before_the_first_backup(self) -> None:
        self.answer(NONE)
        self.said(repository.ensure, SETTINGS)
        self.assertTrue(self.made())

    def test_does_not_happen_when_there_is_one(self) -> None:
        self.said(repository.ensure, SETTINGS)
        self.assertFalse(self.made())

    def test_is_refused_when_backups_were_made_and_the_repository_is_gone(self) -> None:
        """An empty repository would hide the loss."""
        self.answer(NONE)
        self.put(repository.LAST, "20260101T020000Z")
        problem = self.problem(repository.ensure, SETTINGS)
        self.assertIn(f"the repository at {REPOSITORY} is missing, but backups were made before", problem)
        self.assertIn(f"kubectl -n here exec deployment/matrix-backup-agent -- rm {repository.LAST}", problem)
        self.assertFalse(self.made())

    def test_is_refused_when_the_store_does_not_say_whether_there_is_one(self) -> None:
        said = {"message_type": "exit_error", "message": "Fatal: dial tcp: no route to host"}
        for code, problem in (
            (1, f"the repository at {REPOSITORY}: dial tcp: no route to host"),
            (12, f"the password in the Secret does not open the repository at {REPOSITORY}"),
        ):
            with self.subTest(code=code):
                self.answer({"cat": {"code": code, "lines": [said]}})
                self.assertIn(problem, self.problem(repository.ensure, SETTINGS))
                self.assertFalse(self.made())


class Content(BackupCase):
    def snapshot(self, name: str, time: str, hostname: str = "example.org") -> dict[str, Any]:
        return {"id": name, "time": time, "hostname": hostname, "tags": ["set", "a=b=c"]}

    def holds(self, *snapshots: dict[str, Any], more: tuple[str, ...] = ()) -> None:
        ids = [*(one["id"] for one in snapshots), *more]
        self.answer({"list snapshots": {"lines": ids}, "snapshots": {"lines": [list(snapshots)]}})

    def test_is_listed_oldest_first_with_its_tags_as_words_and_facts(self) -> None:
        self.holds(self.snapshot("second", "2026-01-02T02:05:00.1Z"), self.snapshot("first", "2026-01-02T02:05:00Z"))
        found = repository.snapshots(SETTINGS)
        self.assertEqual([one.id for one in found], ["first", "second"])
        self.assertEqual((found[0].tags, found[0].facts), (["set"], {"a": "b=c"}))
        self.assertEqual([len(one.time) for one in found], [30, 30])

    def test_is_refused_when_another_system_has_backups_there_too(self) -> None:
        """Prune would remove its backups by our retention."""
        theirs = self.snapshot("theirs", "2026-01-02T02:05:00Z", "other.example")
        self.holds(self.snapshot("ours", "2026-01-01T02:05:00Z"), theirs)
        message = f"the repository at {REPOSITORY} also holds backups of other.example: give each system its own"
        self.assertIn(message, self.problem(repository.snapshots, SETTINGS))

    def test_with_a_damaged_snapshot_is_refused_only_before_a_removal(self) -> None:
        self.holds(self.snapshot("whole", "2026-01-01T02:05:00Z"), more=("rotten",))
        message = "1 snapshots are damaged and nothing is removed, the first is snapshots/rotten"
        self.assertIn(message, self.problem(repository.snapshots, SETTINGS, strict=True))
        said = self.said(repository.snapshots, SETTINGS)
        self.assertEqual(
            said, f"WARNING: 1 snapshots in {REPOSITORY} are damaged and not listed, the first is snapshots/rotten\n"
        )


class Restic(BackupCase):
    def test_fails_when_it_does_not_answer_in_time(self) -> None:
        with (
            self.subTest(),
            self.assertRaisesRegex(restic.Problem, r"did not answer within 0 s \(a network policy may"),
        ):
            restic.run("cat", "config", seconds=0.001)

    def test_fails_when_it_reports_no_snapshot(self) -> None:
        message = "restic did not report a snapshot"
        self.assertIn(message, self.problem(repository.store, SETTINGS, [], ["data"]))


class Alone(BackupCase):
    def test_removes_locks_that_were_left_behind(self) -> None:
        locks.ALONE.touch()
        with locks.in_use():
            self.assertFalse(locks.ALONE.exists())
        self.assertEqual(self.calls(), ["unlock --remove-all"])
