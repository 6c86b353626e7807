import hashlib
import json
import re
from typing import Any
from unittest import mock

import psycopg2

import database_stand_in
from backup_case import MANAGED, RECOVERED_BY_OPERATOR, SETTINGS, BackupCase, listed, stored, uploaded
from matrix_backups import drill_check, drill_fetch, drill_synapse, metrics, objects
from matrix_backups.catalog import Snapshot, backups_of
from matrix_backups.mounts import BACKUP_SECRETS, DRILL, HANDOVER, MEDIA, RECOVERED, SECRETS, WAL
from stand_in_server import serving

FILE = "/local_content/ab/cd/ef"
DIGEST = hashlib.sha256(b"a file").hexdigest()
KNOWN = {
    "schemaVersion": 94,
    "users": 3,
    "rooms": 2,
    "events": 9,
    "media": 1,
    "message": {"room": "!r:example.org", "event": "$e"},
    "file": "abcdef",
}


def manifest(**more: Any) -> dict[str, Any]:
    return {"id": "one", "database": {}, "sample": {FILE: DIGEST}, **more}


class Fetch(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        (DRILL / "pgdata.restoring").mkdir()
        SECRETS.mkdir()
        self.put(BACKUP_SECRETS / "identity/signing.key", "a key")
        self.put(BACKUP_SECRETS / "synapse/form_secret", "a secret")

    def holds(self, *snapshots: Snapshot, paths: tuple[str, ...] = (FILE,), **more: Any) -> None:
        there = [{"type": "file", "path": f"{MEDIA}{path}", "size": 6} for path in paths]
        self.answer({**listed(*snapshots), "dump": {"lines": [manifest(**more)]}, "ls": {"lines": there}})

    def noted(self, name: str) -> str:
        return (HANDOVER / name).read_text(encoding="utf-8")

    def test_takes_the_newest_backup_a_moment_after_it_and_a_sample(self) -> None:
        metrics.write("agent", {"recovery_point_seconds": 41.5})
        self.holds(*stored("one", "2026-01-01T02:05"), uploaded("last", "2026-01-01T12:05"), database=KNOWN)
        said = self.said(drill_fetch.run, SETTINGS)
        self.assertEqual(said, "drill: backup one, to 2026-01-01T07:05:00Z on timeline 1\n")
        self.assertEqual((self.noted("sample"), self.noted("recovery-point")), (f"{FILE}\n", "41.5"))
        self.assertRegex(self.noted("parts"), r"^fetch=\d+\n$")
        self.assertEqual(json.loads(self.noted("manifest.json"))["id"], "one")
        self.assertIn("time=2026-01-01T07:05:00Z\n", self.noted("plan"))

    def test_recovers_from_the_repository_only(self) -> None:
        self.holds(*stored("one", "2026-01-01T02:05"), uploaded("last", "2026-01-01T12:05"))
        self.said(drill_fetch.run, SETTINGS)
        logs = re.search("^logs=(.*)$", self.noted("plan"), re.MULTILINE)
        self.assertIsNotNone(logs)
        folders = logs[1].split(" ") if logs else []
        self.assertIn(f"{DRILL}/restore-wal/7450000000000000001", folders)
        self.assertEqual([folder for folder in folders if folder.startswith(str(WAL))], [])

    def test_gives_its_synapse_the_signing_key_and_makes_up_all_other_secrets(self) -> None:
        self.holds(*stored("one", "2026-01-01T02:05"))
        self.said(drill_fetch.run, SETTINGS)
        self.assertEqual((SECRETS / "signing.key").read_text(), "a key")
        self.assertRegex((SECRETS / "registration_shared_secret").read_text(), "^[0-9a-f]{64}$")

    def test_fails_when_a_secret_is_missing_or_empty(self) -> None:
        self.holds(*stored("one", "2026-01-01T02:05"))
        self.put(BACKUP_SECRETS / "synapse/form_secret", "")
        self.assertEqual(self.problem(drill_fetch.run, SETTINGS), "Secret synapse/form_secret is empty in the backup")
        (BACKUP_SECRETS / "synapse/form_secret").unlink()
        self.assertEqual(self.problem(drill_fetch.run, SETTINGS), "Secret synapse/form_secret is not in the backup")

    def test_fails_when_the_database_brings_settings_or_links_of_its_own(self) -> None:
        self.holds(*stored("one", "2026-01-01T02:05"))
        self.put(DRILL / "pgdata.restoring/postgresql.auto.conf", "# comment\narchive_command = 'touch /tmp/owned'\n")
        (DRILL / "pgdata.restoring/pg_tblspc").mkdir()
        (DRILL / "pgdata.restoring/pg_tblspc/16400").symlink_to("/backup-secrets")
        problem = self.problem(drill_fetch.run, SETTINGS)
        self.assertIn("archive_command in postgresql.auto.conf", problem)
        self.assertIn("pgdata.restoring/pg_tblspc/16400, which is not a file", problem)

    def test_goes_to_the_end_of_the_wal_when_nothing_came_after_the_backup(self) -> None:
        snapshots = stored("one", "2026-01-01T02:05")
        self.assertEqual(drill_fetch.middle(backups_of(snapshots)[0], snapshots), "")

    def test_takes_what_a_backup_holds_of_media_in_a_bucket(self) -> None:
        in_bucket = {"database": {**KNOWN, "file": None}, "mediaBucket": "s3:https://s3.example.org/media"}
        for what, paths, sample in (("nothing", (), {}), ("those of the claim", (FILE,), {FILE: DIGEST})):
            with self.subTest(what):
                self.setUp()
                self.holds(*stored("one", "2026-01-01T02:05"), paths=paths, sample=sample, **in_bucket)
                self.said(drill_fetch.run, SETTINGS)
                self.assertEqual(self.noted("sample").split(), list(sample))

    def test_names_a_file_that_is_missing(self) -> None:
        snapshots = stored("one", "2026-01-01T02:05")
        self.holds(*snapshots, database={**KNOWN, "file": "fedcba"})
        message = "media file fedcba has a row in the database but is not in the backup"
        self.assertEqual(self.problem(drill_fetch.run, SETTINGS), message)
        self.holds(*snapshots, paths=())
        message = f"media file {FILE} was stored but is not in the backup"
        self.assertEqual(self.problem(drill_fetch.run, SETTINGS), message)

    def test_accepts_backups_without_hashes(self) -> None:
        self.holds(*stored("one", "2026-01-01T02:05"), sample={})
        self.said(drill_fetch.run, SETTINGS)
        self.assertEqual(self.noted("sample"), f"{FILE}\n")

    def test_fetches_configuration_and_media_where_the_database_is_managed_elsewhere(self) -> None:
        facts = {"id": "20260101T020500Z", "data": "data-one", "files": "1"}
        self.holds(Snapshot("set", "2026-01-01T02:05:00Z", ["set"], facts))
        said = self.said(drill_fetch.run, MANAGED)
        self.assertEqual(said, "drill: backup 20260101T020500Z, without the database, which is managed elsewhere\n")
        self.assertGreater(float(self.noted("recovery-point")), 86400)
        folders = [call.split(" ")[1].rsplit("/", 1)[1] for call in self.calls() if call.startswith("restore")]
        self.assertEqual(folders, ["config", "secrets", "media_store"])
        self.assertFalse((HANDOVER / "plan").exists())


class CheckCase(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        self.put(HANDOVER / "begun", "1000")
        self.put(HANDOVER / "recovery-point", "41.5")
        self.put(HANDOVER / "parts", "fetch=1500\n")
        self.put(HANDOVER / "manifest.json", json.dumps(manifest()))
        self.put(HANDOVER / "config/synapse/homeserver.yaml", "pid_file: x\nserver_name: example.org\n")
        self.put(DRILL / f"media{FILE}", "a file")


class WithoutDatabase(CheckCase):
    def test_publishes_the_result_and_leaves_no_data_behind(self) -> None:
        outcome = r"^drill: \S+Z set one restored in \d+ s \(RTO; fetch 1\.5, check \d+\.\d\), RPO 42 s\n$"
        self.assertRegex(self.said(drill_check.run, MANAGED), outcome)
        values, told = metrics.read("drill")
        self.assertEqual((values["media_files_checked"], values["recovery_point_seconds"]), (1, 41.5))
        self.assertRegex(f"drill: {told}\n", outcome)
        self.assertEqual(list(DRILL.iterdir()), [])

    def test_fails_when_a_file_or_secret_differs_from_the_backup(self) -> None:
        for path, content, problem in (
            (HANDOVER / "config/synapse/homeserver.yaml", None, "homeserver.yaml is not in the backup"),
            (
                HANDOVER / "config/synapse/homeserver.yaml",
                'server_name: "other.org"\n',
                "homeserver.yaml in the backup must have server_name example.org, found other.org",
            ),
            (DRILL / f"media{FILE}", None, f"media file {FILE} was stored but is not in the backup"),
            (DRILL / f"media{FILE}", "rot", f"media file {FILE} differs from what was stored"),
        ):
            with self.subTest(problem):
                self.setUp()
                if content is None:
                    path.unlink()
                else:
                    path.write_text(content)
                self.assertEqual(self.problem(drill_check.run, MANAGED), problem)
                self.assertEqual(metrics.read("drill"), ({}, None))


class Cursor(database_stand_in.Connection):
    """A restored database, with its answers by a word of the query."""

    def __init__(self, rows: dict[str, Any]) -> None:
        self.rows = rows
        self.row: Any = None

    def execute(self, query: str, _: object = None) -> None:
        self.row = next(row for word, row in self.rows.items() if word in query)

    def fetchone(self) -> Any:
        return self.row


class RestoredCase(CheckCase):
    def setUp(self) -> None:
        super().setUp()
        self.put(HANDOVER / "manifest.json", json.dumps(manifest(database=KNOWN)))
        self.put(RECOVERED / "facts.json", json.dumps(KNOWN))
        self.put(RECOVERED / "parts", "recovery=250\n")
        self.put(RECOVERED / "objects", "")
        self.enterContext(mock.patch.object(objects, "schema", return_value=""))
        self.put(HANDOVER / "sample", f"{FILE}\n")
        self.put(SECRETS / "registration_shared_secret", "shared\n")
        self.rows: dict[str, Any] = {"e2e_one_time_keys_json": (0,), "local_media_repository": (DIGEST, 6)}
        self.answers: dict[str, tuple[int, Any]] = {
            "versions": (200, {}),
            "register": (200, {"nonce": "n"}),
            "login": (200, {"access_token": "t"}),
            "context": (200, {"event": {"event_id": "$e"}}),
            "download": (200, b"a file"),
        }
        self.asked: list[str] = []
        self.enterContext(mock.patch.object(psycopg2, "connection", lambda **_: Cursor(self.rows)))
        self.enterContext(mock.patch.object(drill_synapse, "URL", self.enterContext(serving(self.synapse))))

    def synapse(self, method: str, path: str, body: Any, token: str) -> tuple[int, Any]:
        self.asked.append(f"{method} {path}")
        return next(answer for word, answer in self.answers.items() if word in path)


class WithDatabase(RestoredCase):
    def test_asks_synapse_on_the_restored_database(self) -> None:
        self.assertRegex(
            self.said(drill_check.run, SETTINGS), r"RTO; fetch 1\.5, recovery 0\.2, check \d+\.\d, synapse \d+\.\d\)"
        )
        self.assertEqual(metrics.read("drill")[0]["media_files_checked"], 1)
        self.assertIn("GET /_synapse/admin/v1/rooms/%21r%3Aexample.org/context/%24e?limit=0", self.asked)
        self.assertIn("GET /_matrix/client/v1/media/download/example.org/abcdef", self.asked)

    def test_needs_no_rows_when_there_were_no_tables(self) -> None:
        self.put(HANDOVER / "manifest.json", json.dumps(manifest()))
        self.said(drill_check.run, SETTINGS)
        self.assertEqual(self.asked, ["GET /_matrix/client/versions"])

    def test_fails_when_rows_media_or_messages_are_missing(self) -> None:
        self.put(RECOVERED / "facts.json", json.dumps({**KNOWN, "rooms": 1}))
        self.assertIn("rooms 1 instead of 2", self.problem(drill_check.run, SETTINGS))
        self.put(RECOVERED / "facts.json", json.dumps(KNOWN))
        for place, word, given, problem in (
            (self.rows, "e2e_one_time_keys_json", (2,), "2 one-time keys are left"),
            (self.rows, "local_media_repository", ("other", 6), f"media file {FILE} differs from what was uploaded"),
            (self.answers, "context", (200, {"event": {"event_id": "$o"}}), "message $e is missing"),
            (
                self.answers,
                "download",
                (404, {}),
                "Synapse on the restored database failed /_matrix/client/v1/media",
            ),
            (self.answers, "login", (403, {}), "Synapse on the restored database failed a login: 403"),
        ):
            with self.subTest(problem):
                before = place[word]
                place[word] = given
                self.assertIn(problem, self.problem(drill_check.run, SETTINGS))
                place[word] = before

    def test_fails_when_synapse_does_not_start(self) -> None:
        self.answers["versions"] = (503, {})
        self.enterContext(mock.patch.object(drill_synapse, "STARTS", 0))
        self.assertIn("has not started on the restored database within 0 s", self.problem(drill_check.run, SETTINGS))
        self.assertEqual(metrics.read("drill"), ({}, None))

    def test_fails_when_the_database_holds_what_our_systems_never_make(self) -> None:
        row = {"database": "synapse", "kind": "extension", "name": "file_fdw", "code": None}
        self.put(RECOVERED / "objects", json.dumps(row))
        message = "the database of backup one holds what a system of ours never makes: extension file_fdw. If you have"
        self.assertIn(message, self.problem(drill_check.run, SETTINGS))
        self.assertEqual(metrics.read("drill"), ({}, None))

    def test_believes_no_link_that_postgresql_left(self) -> None:
        (RECOVERED / "facts.json").unlink()
        (RECOVERED / "facts.json").symlink_to(HANDOVER / "manifest.json")
        self.assertIn("facts.json is a link", self.problem(drill_check.run, SETTINGS))


class ByOperator(RestoredCase):
    """The manifest says nothing of the database, which an operator has restored."""

    def setUp(self) -> None:
        super().setUp()
        self.put(HANDOVER / "manifest.json", json.dumps(manifest()))

    def test_asks_synapse_for_what_the_restored_database_holds(self) -> None:
        self.assertRegex(
            self.said(drill_check.run, RECOVERED_BY_OPERATOR),
            r"set one restored in \d+ s \(RTO; fetch 1\.5, recovery 0\.2, check \d+\.\d, synapse \d+\.\d\), RPO 42 s",
        )
        self.assertIn("GET /_matrix/client/v1/media/download/example.org/abcdef", self.asked)

    def test_asks_for_no_file_that_came_after_the_backup_of_the_media(self) -> None:
        self.put(RECOVERED / "facts.json", json.dumps({**KNOWN, "file": "fedcba"}))
        self.said(drill_check.run, RECOVERED_BY_OPERATOR)
        self.assertEqual([one for one in self.asked if "download" in one], [])
        self.assertIn("GET /_synapse/admin/v1/rooms/%21r%3Aexample.org/context/%24e?limit=0", self.asked)

    def test_excuses_what_the_operator_makes_and_nothing_else(self) -> None:
        roles = [
            {"database": "synapse", "kind": "role", "name": name, "code": None} for name in ("streaming_replica", "x")
        ]
        self.put(RECOVERED / "objects", "\n".join(json.dumps(one) for one in roles))
        self.assertIn("never makes: role x. If", self.problem(drill_check.run, RECOVERED_BY_OPERATOR))
