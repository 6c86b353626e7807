import gzip
import shutil
from pathlib import Path
from typing import Any

from backup_case import OTHER_SYSTEM, ROOT, SYSTEM, BackupCase, facts_of
from matrix_backups.catalog import Backup
from matrix_backups.choose import by_name, choose
from matrix_backups.timelines import Timelines

FIRST, SECOND, THIRD = "20260101T020000Z", "20260102T020000Z", "20260103T020000Z"
RESTORED = "2026-01-02T12:00:00Z"
ARCHIVE, UPLOADED = ROOT / "archive", ROOT / "uploaded"


class ChooseCase(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        self.backups: list[Backup] = []

    def made(self, backup: str, **facts: Any) -> None:
        self.backups.append(facts_of(backup, **facts))

    def two_backups(self) -> None:
        """Sets up a system that was never restored."""
        self.made(FIRST, finished="2026-01-01T02:05:00Z", end="0/3000100")
        self.made(SECOND, finished="2026-01-02T02:05:00Z", end="0/7000100")

    def in_use(self, *notes: str, folder: Path = ARCHIVE) -> None:
        """Notes when a timeline came into use, as a restore does."""
        self.put(folder / SYSTEM / "timelines", "".join(f"{note}\n" for note in notes))

    def history(self, timeline: int, *branches: str, folder: Path = ARCHIVE) -> None:
        """Archives the history of a timeline, as PostgreSQL does once it runs in it: the branches that led to it."""
        text = "\n".join(f"{branch}\tno recovery target specified\n" for branch in branches)
        self.put(folder / SYSTEM / f"{timeline:08X}.history.gz", gzip.compress(text.encode()))

    def choose(self, **choice: str) -> tuple[Backup, int]:
        return choose(self.backups, lambda system: Timelines([ARCHIVE, UPLOADED], system), choice)

    def chosen(self, **choice: str) -> tuple[str, int, str]:
        backup, timeline = self.choose(**choice)
        return backup["id"], timeline, backup["system"]

    def refused(self, **choice: str) -> str:
        return self.problem(self.choose, **choice)


class NeverRestored(ChooseCase):
    def setUp(self) -> None:
        super().setUp()
        self.two_backups()

    def test_comes_back_from_the_newest_backup(self) -> None:
        self.assertEqual(self.chosen(), (SECOND, 1, SYSTEM))

    def test_comes_back_from_a_backup_by_its_name(self) -> None:
        self.assertEqual(self.chosen(set=FIRST)[0], FIRST)

    def test_comes_back_to_a_moment_from_the_last_backup_that_was_finished_then(self) -> None:
        for time, backup in (
            ("2026-01-02T02:04:59Z", FIRST),
            # A backup holds what was there when it was finished.
            ("2026-01-02T02:05:00Z", SECOND),
            ("2026-01-09T00:00:00Z", SECOND),
        ):
            with self.subTest(time=time):
                self.assertEqual(self.chosen(time=time), (backup, 1, SYSTEM))

    def test_comes_back_to_a_moment_from_an_earlier_backup_by_its_name(self) -> None:
        self.assertEqual(self.chosen(set=FIRST, time="2026-01-09T00:00:00Z")[0], FIRST)

    def test_refuses_a_moment_before_every_backup_and_names_them(self) -> None:
        self.assertEqual(
            self.refused(time="2026-01-01T02:04:59Z"),
            f"no backup that was finished before 2026-01-01T02:04:59Z fits; available: {FIRST} {SECOND}",
        )

    def test_refuses_a_backup_that_was_finished_after_the_moment(self) -> None:
        self.assertEqual(
            self.refused(set=SECOND, time="2026-01-02T00:00:00Z"),
            f"no backup {SECOND} that was finished before 2026-01-02T00:00:00Z fits; available: {FIRST} {SECOND}",
        )

    def test_refuses_an_unknown_name_and_lists_the_backups(self) -> None:
        message = f"no backup 20300101T020000Z fits; available: {FIRST} {SECOND}"
        self.assertEqual(self.refused(set="20300101T020000Z"), message)

    def test_refuses_a_time_that_is_not_valid(self) -> None:
        for time in (
            "yesterday",
            "2026-01-02",
            "2026-01-02 02:05:00",
            "2026-01-02T02:05:00",
            "2026-01-02T02:05:00+01:00",
            "2026-02-30T02:05:00Z",
            "2026-01-02T25:00:00Z",
            "2026-1-2T02:05:00Z",
        ):
            with self.subTest(time=time):
                message = f"time '{time}' is not valid: use UTC, such as 2026-01-31T14:05:00Z"
                self.assertEqual(self.refused(time=time), message)

    def test_refuses_a_timeline_that_is_not_valid(self) -> None:
        for timeline in ("two", "-1", "0", "1.5"):
            with self.subTest(timeline=timeline):
                message = f"timeline '{timeline}' is not valid: use a number, such as 1"
                self.assertEqual(self.refused(timeline=timeline), message)

    def test_refuses_an_unknown_timeline_and_names_the_one_of_the_backup(self) -> None:
        self.assertEqual(
            self.refused(set=SECOND, timeline="2"),
            f"no backup {SECOND} fits; {SECOND} is on timeline 1, which does not lead to timeline 2; "
            f"available: {FIRST} {SECOND}",
        )

    def test_ignores_backups_without_a_database(self) -> None:
        self.backups.append({"id": THIRD, "data": "d", "files": "1"})
        self.assertEqual(self.chosen()[0], SECOND)


class Nothing(ChooseCase):
    def test_is_refused_when_there_is_no_backup_at_all(self) -> None:
        self.assertEqual(self.refused(), "no backup fits; available: none")
        self.assertEqual(self.problem(by_name, [], None), "no backup exists; available: none")


class WithoutDatabase(ChooseCase):
    def test_comes_back_from_the_newest_or_by_name(self) -> None:
        self.two_backups()
        self.assertEqual(by_name(self.backups, "")["id"], SECOND)
        self.assertEqual(by_name(self.backups, FIRST)["id"], FIRST)
        message = f"no backup {THIRD} exists; available: {FIRST} {SECOND}"
        self.assertEqual(self.problem(by_name, self.backups, THIRD), message)


class RestoredToItsFirstBackup(ChooseCase):
    """After its second one was made: the WAL of the first was replayed to 0/5000000, before the end of the second."""

    def setUp(self) -> None:
        super().setUp()
        self.two_backups()
        self.in_use(f"{RESTORED} 2")
        self.history(2, "1\t0/5000000")

    def third(self) -> None:
        self.made(THIRD, finished="2026-01-03T02:05:00Z", timeline=2, end="0/6000100")

    def test_goes_on_in_the_new_timeline_without_the_backup_of_the_abandoned_one(self) -> None:
        self.assertEqual(self.chosen(), (FIRST, 2, SYSTEM))

    def test_is_known_from_the_repository_when_the_archive_is_lost(self) -> None:
        shutil.rmtree(ARCHIVE)
        self.in_use(f"{RESTORED} 2", folder=UPLOADED)
        self.history(2, "1\t0/5000000", folder=UPLOADED)
        self.assertEqual(self.chosen(), (FIRST, 2, SYSTEM))

    def test_takes_a_backup_of_the_new_timeline_as_soon_as_there_is_one(self) -> None:
        self.third()
        self.assertEqual(self.chosen(), (THIRD, 2, SYSTEM))

    def test_looks_for_a_moment_before_the_restore_in_the_timeline_in_use_then(self) -> None:
        self.assertEqual(self.chosen(time="2026-01-02T11:59:59Z"), (SECOND, 1, SYSTEM))

    def test_looks_for_a_moment_from_the_restore_on_in_the_new_timeline(self) -> None:
        for time in (RESTORED, "2026-01-02T12:00:01Z", "2026-01-09T00:00:00Z"):
            with self.subTest(time=time):
                self.assertEqual(self.chosen(time=time), (FIRST, 2, SYSTEM))

    def test_takes_the_old_timeline_by_choice(self) -> None:
        self.assertEqual(self.chosen(timeline="1"), (SECOND, 1, SYSTEM))
        self.assertEqual(self.chosen(timeline="1", time="2026-01-09T00:00:00Z")[0], SECOND)

    def test_refuses_the_backup_of_the_abandoned_timeline_by_its_name_only_and_says_why(self) -> None:
        self.assertEqual(
            self.refused(set=SECOND),
            f"no backup {SECOND} fits; {SECOND} is on timeline 1, which does not lead to timeline 2; "
            f"available: {FIRST} {SECOND}",
        )

    def test_takes_the_backup_of_the_abandoned_timeline_by_its_name_and_timeline(self) -> None:
        self.assertEqual(self.chosen(set=SECOND, timeline="1"), (SECOND, 1, SYSTEM))

    def test_passes_over_a_timeline_that_never_ran(self) -> None:
        self.in_use(f"{RESTORED} 2", "2026-01-02T13:00:00Z 3")
        self.assertEqual(self.chosen(), (FIRST, 2, SYSTEM))
        self.assertEqual(self.chosen(time="2026-01-02T14:00:00Z")[1], 2)

    def test_goes_on_in_the_first_timeline_after_an_undo(self) -> None:
        self.third()
        self.in_use(f"{RESTORED} 2", "2026-01-03T12:00:00Z 1")
        self.assertEqual(self.chosen(), (SECOND, 1, SYSTEM))
        self.assertEqual(self.chosen(time="2026-01-03T11:00:00Z"), (THIRD, 2, SYSTEM))

    def test_once_more_takes_backups_before_both_branches(self) -> None:
        self.third()
        self.in_use(f"{RESTORED} 2", "2026-01-03T12:00:00Z 3")
        self.history(3, "1\t0/5000000", "2\t0/6800000")
        self.assertEqual(self.chosen(), (THIRD, 3, SYSTEM))
        self.assertEqual(self.chosen(set=FIRST), (FIRST, 3, SYSTEM))

    def test_once_more_refuses_backups_of_a_timeline_that_did_not_lead_there(self) -> None:
        self.third()
        self.in_use(f"{RESTORED} 2", "2026-01-03T12:00:00Z 3")
        # From the first timeline, which had come back by an undo.
        self.history(3, "1\t0/8000000")
        self.assertEqual(self.chosen(), (SECOND, 3, SYSTEM))
        self.assertIn(f"{THIRD} is on timeline 2, which does not lead to timeline 3", self.refused(set=THIRD))


class Places(ChooseCase):
    def test_are_two_hexadecimal_numbers(self) -> None:
        """Compared as text, or by the second number only, the order would be wrong."""
        for end, branch, leads in (
            ("0/5000000", "0/5000000", True),
            ("0/5000001", "0/5000000", False),
            ("0/FFFFFFFF", "1/0", True),
            ("1/0", "0/FFFFFFFF", False),
            ("9/0", "10/0", True),
            ("A/28", "9/28", False),
        ):
            with self.subTest(end=end, branch=branch):
                self.backups = []
                self.made(FIRST, finished="2026-01-01T02:05:00Z", end=end)
                self.in_use("2026-01-02T12:00:00Z 2")
                self.history(2, f"1\t{branch}")
                if leads:
                    self.chosen()
                else:
                    self.refused()

    def test_timelines_beyond_the_ninth_have_hexadecimal_names(self) -> None:
        self.made(FIRST, finished="2026-01-01T02:05:00Z", timeline=10)
        self.in_use("2026-01-02T12:00:00Z 11")
        self.history(11, "10\t0/5000000")
        self.assertEqual(self.chosen(), (FIRST, 11, SYSTEM))


class TwoSystems(ChooseCase):
    """One repository with backups of an old and a new, empty system."""

    def setUp(self) -> None:
        super().setUp()
        self.two_backups()
        self.in_use("2026-01-02T12:00:00Z 2")
        self.history(2, "1\t0/8000000")
        self.made(THIRD, finished="2026-01-03T02:05:00Z", system=OTHER_SYSTEM)

    def test_have_timelines_of_their_own(self) -> None:
        self.assertEqual(self.chosen(set=THIRD), (THIRD, 1, OTHER_SYSTEM))
        self.assertEqual(self.chosen(set=SECOND), (SECOND, 2, SYSTEM))

    def test_are_refused_and_listed_when_the_choice_names_neither(self) -> None:
        self.assertIn("there are backups of several database systems: choose one with set= or time=", self.refused())
        self.assertIn(f"{THIRD}: database system {OTHER_SYSTEM}", self.refused())

    def test_a_moment_before_the_second_one_began_brings_the_first_one_back(self) -> None:
        self.assertEqual(self.chosen(time="2026-01-02T23:00:00Z"), (SECOND, 2, SYSTEM))
        self.assertEqual(self.chosen(time="2026-01-02T11:00:00Z"), (SECOND, 1, SYSTEM))
