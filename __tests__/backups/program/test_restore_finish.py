import kubernetes_stand_in
from backup_case import MANAGED, ROOT, SETTINGS, BackupCase
from matrix_backups import installation, restore_finish
from matrix_backups.mounts import BACKUP, BACKUP_SECRETS, HANDOVER, RECOVERED
from matrix_backups.settings import Settings

MARKER = ROOT / "postgres/restore-in-progress"


class Finish(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        self.kubernetes = kubernetes_stand_in.begin(self)
        self.put(RECOVERED / "restored")
        self.put(MARKER)
        self.put(HANDOVER / "predecessors", "older\n")
        self.put(BACKUP / "receiver/segment")

    def finish(self, secrets: dict[str, dict[str, str]], choice: str = "", settings: Settings = SETTINGS) -> str:
        """Finishes the restore of a backup with these Secrets."""
        self.put(HANDOVER / "plan", f"set=S\n{choice}")
        for name, data in secrets.items():
            self.put(BACKUP_SECRETS / f"{name}/..data/hidden")
            for key, text in data.items():
                self.put(BACKUP_SECRETS / f"{name}/{key}", text)
        return self.said(restore_finish.run, settings)

    def test_replaces_earlier_installations_and_removes_wal_copied_from_the_receiver(self) -> None:
        installation.PREDECESSORS.write_text("oldest\n")
        self.assertEqual(self.finish({}), "restore: done, S. Now scale PostgreSQL and Synapse to 1\n")
        self.assertEqual(installation.PREDECESSORS.read_text(), "oldest\nolder\n")
        self.assertEqual([(BACKUP / "receiver").exists(), MARKER.exists()], [False, False])
        self.assertEqual(self.kubernetes.calls, ["DELETE matrix-restore-choice"])

    def test_warns_when_the_choice_could_not_be_deleted(self) -> None:
        self.kubernetes.refuse = "DELETE"
        said = self.finish({})
        self.assertIn("ConfigMap matrix-restore-choice could not be deleted", said)
        self.assertIn("Delete it by hand", said)

    def test_creates_missing_secrets_with_earlier_signing_keys(self) -> None:
        identity = {"signing.key": "ed25519 b key\n", "old.yaml": "{}"}
        self.assertIn("Secret identity was missing and is restored", self.finish({"identity": identity}))
        self.assertEqual(self.kubernetes.data("identity"), identity)

    def test_puts_the_signing_key_of_the_backup_in_the_place_of_another_keeps_that_and_leaves_other_secrets(
        self,
    ) -> None:
        self.kubernetes.put({"identity": {"signing.key": "other", "old.yaml": "others"}, "synapse": {"form": "now"}})
        said = self.finish({"identity": {"signing.key": "ours", "old.yaml": "of ours"}, "synapse": {"form": "then"}})
        self.assertIn("Secret synapse keeps its values for form", said)
        self.assertIn("set secrets=true", said)
        self.assertEqual(self.kubernetes.data("synapse"), {"form": "now"})
        self.assertEqual(
            self.kubernetes.data("identity"),
            {
                "signing.key": "ours",
                "signing.key.before-S": "other",
                "old.yaml": "of ours",
                "old.yaml.before-S": "others",
            },
        )

    def test_keeps_a_signing_key_that_was_rotated_after_the_backup(self) -> None:
        for choice in ("", "secrets=true\n"):
            with self.subTest(choice=choice):
                identity = {"signing.key": "third", "old.yaml": "first, second", "signing.key.ed25519-2": "second"}
                self.kubernetes.put({"identity": identity})
                self.put(MARKER)
                said = self.finish({"identity": {"signing.key": "second", "old.yaml": "first"}}, choice)
                message = "Secret identity keeps its signing key, which has replaced the one in the backup"
                self.assertIn(message, said)
                self.assertEqual(self.kubernetes.data("identity"), identity)

    def test_does_not_mistake_a_key_moved_aside_by_a_restore_for_a_rotated_one(self) -> None:
        self.kubernetes.put({"identity": {"signing.key": "other", "signing.key.before-R": "ours"}})
        self.finish({"identity": {"signing.key": "ours"}})
        self.assertEqual(self.kubernetes.data("identity")["signing.key"], "ours")

    def test_restores_all_secrets_by_choice_except_database_passwords(self) -> None:
        self.kubernetes.put({"synapse": {"form": "now"}, "database": {"owner": "now"}})
        self.finish({"synapse": {"form": "then"}, "database": {"owner": "then"}}, "secrets=true\n")
        self.assertEqual(self.kubernetes.data("synapse"), {"form": "then", "form.before-S": "now"})
        self.assertEqual(self.kubernetes.data("database"), {"owner": "now"})

    def test_adds_only_missing_keys_to_database_passwords(self) -> None:
        self.kubernetes.put({"database": {"password": "now"}})
        self.finish({"database": {"password": "then", "user": "one"}}, "secrets=true\n")
        self.assertEqual(self.kubernetes.data("database"), {"password": "now", "user": "one"})

    def test_leaves_a_secret_that_an_operator_manages_and_warns(self) -> None:
        for choice in ("", "secrets=true\n"):
            with self.subTest(choice=choice):
                self.kubernetes.put({"identity": {"signing.key": "other"}}, "ExternalSecret")
                self.put(MARKER)
                said = self.finish({"identity": {"signing.key": "ours", "old.yaml": "of ours"}}, choice)
                self.assertIn(
                    "WARNING: Secret identity differs from the backup in old.yaml, signing.key, but ExternalSecret manages it",
                    said,
                )
                self.assertEqual(self.kubernetes.data("identity"), {"signing.key": "other"})
                self.assertNotIn("PATCH identity", self.kubernetes.calls)

    def test_does_not_warn_when_a_managed_secret_equals_the_backup(self) -> None:
        self.kubernetes.put({"identity": {"signing.key": "ours"}}, "ExternalSecret")
        self.assertNotIn("WARNING", self.finish({"identity": {"signing.key": "ours"}}))

    def test_fails_when_it_is_forbidden_or_another_client_interferes_and_can_be_run_again(self) -> None:
        identity = {"identity": {"signing.key": "ours"}}
        self.kubernetes.refuse = "POST"
        self.assertEqual(self.problem(self.finish, identity), "Secret identity: 403 forbidden")
        self.kubernetes.refuse = None
        self.kubernetes.meddle = True
        self.assertIn("run this job again", self.problem(self.finish, identity))
        self.kubernetes.meddle = True
        self.assertIn("run this job again", self.problem(self.finish, identity))
        self.assertTrue(MARKER.exists())
        self.finish(identity)
        self.assertEqual(self.kubernetes.data("identity")["signing.key"], "ours")

    def test_restores_nothing_after_an_undo(self) -> None:
        (RECOVERED / "restored").unlink()
        self.put(HANDOVER / "plan", "action=undo\n")
        said = self.said(restore_finish.run, SETTINGS)
        self.assertEqual(said, "restore: done, undone. Now scale PostgreSQL and Synapse to 1\n")
        self.assertFalse(installation.PREDECESSORS.exists())

    def test_works_without_a_database_in_the_cluster(self) -> None:
        (RECOVERED / "restored").unlink()
        MARKER.unlink()
        said = self.finish({"synapse": {"form": "then"}}, settings=MANAGED)
        self.assertTrue(said.endswith("restore: done, S. Now scale Synapse to 1\n"))
        self.assertEqual(self.kubernetes.data("synapse"), {"form": "then"})
        self.assertEqual(installation.PREDECESSORS.read_text(), "older\n")
