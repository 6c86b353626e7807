import time
import urllib.error
import urllib.request
from typing import Any
from unittest import mock

import psycopg2

import database_stand_in
import kubernetes_stand_in
from backup_case import JSON, MANAGED, SETTINGS, SYSTEM, BackupCase
from matrix_backups import agent, installation, metrics, repository, restic, settings, uploader, watcher
from matrix_backups.archiver import Archiver
from matrix_backups.mounts import ESCROWED, WAL

SUMMARY = {"message_type": "summary", "snapshot_id": "stored"}


class UploaderCase(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        self.answer({"snapshots": {"lines": [[]]}, "backup": {"lines": [SUMMARY]}})
        installation.name()
        self.uploader = uploader.Uploader(SETTINGS)

    def test_uploads_new_wal_and_measures_the_delay(self) -> None:
        self.assertAlmostEqual(self.uploader.recovery_point(), 40, delta=5)
        self.put(WAL / SYSTEM / "0000000100000000/000000010000000000000005.gz")
        self.assertGreater(self.uploader.waiting_seconds(), 0)
        self.uploader.upload()
        self.assertEqual(self.uploader.waiting_seconds(), 0)
        self.assertEqual(len([call for call in self.calls() if call.startswith("backup")]), 1)
        self.uploader.upload()
        self.assertEqual(len([call for call in self.calls() if call.startswith("backup")]), 1)
        self.assertGreater(self.uploader.recovery_point(), 40)

    def test_prints_a_problem_once_and_continues(self) -> None:
        self.put(WAL / SYSTEM / "0000000100000000/000000010000000000000005.gz")
        self.answer({"cat": {"code": 12}})
        self.assertEqual(
            self.said(self.uploader.try_to_upload).count("agent: the password in the Secret does not open"), 1
        )
        self.assertEqual(self.said(self.uploader.try_to_upload), "")
        self.answer({"snapshots": {"lines": [[]]}, "backup": {"lines": [SUMMARY]}})
        self.said(self.uploader.try_to_upload)
        self.assertIsNone(self.uploader.problem)

    def test_looks_for_the_repository_again_only_when_an_upload_finds_none(self) -> None:
        self.uploader.upload()
        self.put(WAL / SYSTEM / "0000000100000000/000000010000000000000005.gz")
        self.uploader.upload()
        self.assertEqual(self.calls().count("cat config"), 1)
        self.put(WAL / SYSTEM / "0000000100000000/000000010000000000000006.gz")
        self.put(repository.LAST)
        self.answer({"backup": {"code": 10}, "cat": {"code": 10}})
        self.assertIn("is missing, but backups were made before", self.problem(self.uploader.upload))


class WatcherCase(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        self.kubernetes = kubernetes_stand_in.begin(self)
        self.uploader = uploader.Uploader(SETTINGS)
        self.archive: str | None = None
        self.watcher = watcher.Watcher(SETTINGS, self.uploader, lambda: self.archive)

    def test_prints_a_problem_once_when_it_begins_and_once_when_it_ends(self) -> None:
        def judge(problem: str | None) -> str:
            return self.said(self.watcher.judge, "drill", lambda: problem)

        self.assertEqual(judge("it\n failed"), "agent: PROBLEM with drill: it failed\n")
        self.assertEqual(judge("it failed"), "")
        self.assertEqual(self.watcher.problems, {"drill": "it failed"})
        self.assertEqual(judge(None), "agent: drill is well again\n")
        self.assertEqual(self.watcher.problems, {})

    def test_ignores_a_short_problem_and_reports_a_check_that_fails(self) -> None:
        def fails() -> None:
            raise restic.Problem("not now")

        self.watcher.judge("archive", fails, 30)
        self.assertEqual(self.watcher.problems, {})
        with mock.patch.object(watcher.time, "time", return_value=time.time() + 31):
            self.said(self.watcher.judge, "archive", fails, 30)
        self.assertEqual(self.watcher.problems, {"archive": "not now"})

    def test_reports_a_job_that_has_not_succeeded_for_too_long(self) -> None:
        self.assertIsNone(self.watcher.job("drill"))
        metrics.write("drill", {"last_success_timestamp_seconds": time.time() - 8 * 86400})
        self.assertIn("no drill has succeeded for 192 hours", self.watcher.job("drill") or "")
        self.assertIn("describe cronjob/matrix-restore-drill", self.watcher.job("drill") or "")

    def test_counts_from_the_first_watch_of_the_claim(self) -> None:
        metrics.write("agent", {"first_seen_timestamp_seconds": time.time() - 30 * 86400})
        again = watcher.Watcher(SETTINGS, self.uploader, lambda: None)
        self.assertIn("no prune has succeeded for 720 hours", again.job("prune") or "")

    def test_reports_wal_that_is_not_in_the_repository_in_time(self) -> None:
        self.assertIsNone(self.watcher.wal())
        self.uploader.problem = "away"
        with mock.patch.object(self.uploader, "waiting_seconds", return_value=21):
            self.assertEqual(self.watcher.wal(), "WAL written 21 s ago is not in the repository yet: away")

    def test_annotates_a_cronjob_with_its_result_once(self) -> None:
        path = "/apis/batch/v1/namespaces/here/cronjobs/matrix-restore-drill/status"
        metrics.write("drill", {}, "restored in 62 s")
        self.assertIn("CronJob matrix-restore-drill could not be annotated: 404", self.watcher.tell() or "")
        self.kubernetes.objects[path] = {}
        self.assertIsNone(self.watcher.tell())
        self.assertIsNone(self.watcher.tell())
        self.assertEqual(self.kubernetes.calls, ["PATCH status"] * 2)
        self.assertEqual(
            self.kubernetes.bodies[-1], {"metadata": {"annotations": {"oriso-matrix/last-drill": "restored in 62 s"}}}
        )

    def test_saves_the_recovery_point_for_the_drill(self) -> None:
        self.watcher.watch()
        self.assertEqual(metrics.read("agent")[0]["recovery_point_seconds"], 40)


class Connection(database_stand_in.Connection):
    """A stand-in for PostgreSQL, with its statistics of WAL archiving."""

    def __init__(self, row: tuple[Any, ...], asked: list[str]) -> None:
        self.row, self.asked = row, asked

    def execute(self, query: str) -> None:
        self.asked.append(query)

    def fetchone(self) -> tuple[Any, ...]:
        return self.row


class ArchiverCase(BackupCase):
    def look(self, archiver: Archiver, *row: Any) -> tuple[str | None, list[str]]:
        asked: list[str] = []
        with mock.patch.object(psycopg2, "connection", lambda **_: Connection(row, asked)):
            return archiver.look(), asked

    def test_reports_the_state_of_postgresql(self) -> None:
        archiver = Archiver(SETTINGS)
        self.assertIsNone(self.look(archiver, 5, 1, 17.5, False, "0001")[0])
        values = {"archived_files": 5, "archive_failures": 1, "last_archived_timestamp_seconds": 17.5}
        self.assertEqual(archiver.values, values)
        message = "WAL archiving is failing; see the PostgreSQL server log"
        self.assertEqual(self.look(archiver, 5, 2, 17.5, True, "0001")[0], message)
        self.assertEqual(archiver.look(), "no answer")

    def test_switches_the_segment_when_postgresql_exceeds_its_timeout(self) -> None:
        archiver = Archiver(settings.parse({**JSON, "archiveTimeout": 0}))
        self.assertEqual(len(self.look(archiver, 0, 0, 0, False, "0001")[1]), 1)
        self.assertEqual(self.look(archiver, 0, 0, 0, False, "0001")[1][1], "SELECT pg_switch_wal()")


class AgentCase(BackupCase):
    def test_answers_at_its_paths(self) -> None:
        ours = agent.Agent(SETTINGS)
        self.assertEqual(ours.answer("/ready"), (200, "all is well"))
        ours.watcher.problems = {"drill": "the last drill failed"}
        self.assertEqual(ours.answer("/ready"), (503, "the last drill failed"))
        self.assertEqual(ours.answer("/alive")[0], 500)
        self.assertEqual(ours.answer("/other")[0], 404)
        text = ours.answer("/metrics")[1]
        for part in ("archive", "log", "annotations", "notes", "backup", "prune", "drill", "dump"):
            self.assertIn(f'matrix_backup_problem{{part="{part}"}} {int(part == "drill")}\n', text)
        self.assertIn("matrix_log_recovery_point_seconds 40\n", text)
        self.assertIn("matrix_log_archived_files 0\n", text)
        self.assertIn("matrix_backup_password_escrowed 0\n", text)

    def test_checks_no_wal_when_the_database_is_managed_elsewhere(self) -> None:
        self.put(ESCROWED)
        ours = agent.Agent(MANAGED)
        self.assertEqual(ours.watcher.parts, ["annotations", "notes", "backup", "prune", "drill"])
        text = ours.answer("/metrics")[1]
        self.assertNotIn("matrix_log_", text)
        self.assertIn("matrix_backup_password_escrowed 1\n", text)

    def test_serves_http(self) -> None:
        ours = agent.Agent(MANAGED)
        server = agent.http.server.ThreadingHTTPServer(("127.0.0.1", 0), ours.handler())
        thread = agent.threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        self.addCleanup(server.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_address[1]}"
        with urllib.request.urlopen(f"{url}/ready") as answer:
            self.assertEqual(answer.read(), b"all is well")
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{url}/alive")
        self.assertEqual(caught.exception.code, 500)
        caught.exception.close()
