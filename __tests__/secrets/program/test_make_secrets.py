import datetime
import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

import data_claims
import kubernetes_secrets
import kubernetes_stand_in
import make_secrets
from output import outcome

LABELS = {"app": "secrets"}
PLAN: list[dict[str, Any]] = [
    {"name": "identity", "labels": LABELS, "irreplaceable": True, "keys": {"signing.key": {"make": "signing-key"}}},
    {"name": "synapse", "labels": LABELS, "keys": {"registration": {"make": "password"}, "form": {"make": "password"}}},
    {"name": "admin", "labels": LABELS, "keys": {"username": {"value": "root"}, "password": {"make": "password"}}},
    {
        "name": "backup",
        "labels": LABELS,
        "comesFirst": True,
        "irreplaceable": True,
        "keys": {"password": {"make": "password"}},
    },
]
PASSWORD = r"^[\w-]{64}$"
#: All Secrets of the plan, as created by an operator or an earlier run.
THERE = {
    "identity": {"signing.key": "ed25519 a_1111 first\n"},
    "synapse": {"registration": "shared", "form": "old"},
    "admin": {"username": "operator", "password": "chosen"},
    "backup": {"password": "in the safe"},
}


class MakeSecrets(unittest.TestCase):
    def setUp(self) -> None:
        self.kubernetes = kubernetes_stand_in.begin(self)

    def make(self, plan: list[dict[str, Any]] = PLAN, claims: tuple[str, ...] = ()) -> tuple[int, str]:
        with tempfile.TemporaryDirectory() as folder:
            paths = Path(folder, "plan.json"), Path(folder, "claims.json")
            for path, content in zip(paths, (plan, claims), strict=True):
                path.write_text(json.dumps(content), encoding="utf-8")
            return outcome(make_secrets.main, [str(path) for path in paths])

    def test_creates_all_secrets_of_a_new_system_with_different_values_and_prints_none(self) -> None:
        code, said = self.make()
        self.assertEqual(code, 0)
        self.assertRegex(self.kubernetes.data("identity")["signing.key"], r"^ed25519 a_[0-9a-f]{4} new\d+\n$")
        self.assertEqual(self.kubernetes.data("admin")["username"], "root")
        values = [value for name in ("synapse", "admin", "backup") for value in self.kubernetes.data(name).values()]
        self.assertEqual(len(set(values)), 5)
        for value in values[:2] + values[3:]:
            self.assertRegex(value, PASSWORD)
        added = (f"make-secrets: added to Secret {one['name']}: {', '.join(one['keys'])}\n" for one in PLAN)
        self.assertEqual(said, "".join(added))
        self.assertEqual(self.kubernetes.secrets["synapse"]["metadata"]["labels"], LABELS)
        self.assertEqual(self.kubernetes.secrets["synapse"]["metadata"]["annotations"], kubernetes_secrets.KEPT)

    def test_takes_the_labels_of_a_gitops_tool_from_secrets_that_an_earlier_version_made(self) -> None:
        tracked = {"app.kubernetes.io/instance": "matrix", "app.kubernetes.io/managed-by": "cdk8s"}
        self.kubernetes.put(THERE)
        self.kubernetes.secrets["synapse"]["metadata"]["labels"] = {**LABELS, **tracked}
        operators = {"app.kubernetes.io/instance": "matrix", "app": "own"}
        self.kubernetes.secrets["admin"]["metadata"]["labels"] = operators
        self.assertIn("Secret synapse is no longer labelled", self.make()[1])
        self.assertEqual(self.kubernetes.changes(), ["PATCH synapse"])
        metadata = self.kubernetes.secrets["synapse"]["metadata"]
        self.assertEqual((metadata["labels"], metadata["annotations"]), (LABELS, kubernetes_secrets.KEPT))
        self.assertEqual(self.kubernetes.data("synapse"), THERE["synapse"])
        self.assertEqual(self.kubernetes.secrets["admin"]["metadata"]["labels"], operators)

    def test_changes_no_existing_value_even_if_the_plan_has_another(self) -> None:
        self.kubernetes.put({**THERE, "synapse": {**THERE["synapse"], "of an operator": "own"}})
        self.assertEqual(self.make()[0], 0)
        self.assertEqual(self.kubernetes.changes(), [])
        self.assertEqual(self.kubernetes.data("admin"), THERE["admin"])

    def test_adds_a_missing_key_and_keeps_the_others(self) -> None:
        self.kubernetes.put({**THERE, "synapse": {"registration": "shared"}})
        self.assertIn("added to Secret synapse: form\n", self.make()[1])
        self.assertEqual(self.kubernetes.data("synapse")["registration"], "shared")
        self.assertRegex(self.kubernetes.data("synapse")["form"], PASSWORD)
        self.assertEqual(self.kubernetes.changes(), ["PATCH synapse"])

    def test_fails_when_a_key_has_an_empty_value(self) -> None:
        """An operator may be about to set it."""
        self.kubernetes.put({**THERE, "synapse": {"registration": "", "form": "old"}})
        code, said = self.make()
        self.assertEqual(code, 1)
        self.assertIn("Secret synapse has an empty registration: set a value, or remove the key", said)
        self.assertEqual(self.kubernetes.changes(), [])

    def test_checks_again_when_another_client_changed_the_secret_first(self) -> None:
        self.kubernetes.put({**THERE, "synapse": {"registration": "shared"}})
        self.kubernetes.meddle = True
        code, said = self.make()
        self.assertEqual(code, 0)
        self.assertIn("Secret synapse was changed by another client", said)
        self.assertEqual(self.kubernetes.changes(), ["PATCH synapse", "PATCH synapse"])

    def test_checks_again_when_another_client_created_the_secret_and_keeps_its_value(self) -> None:
        self.kubernetes.put({name: data for name, data in THERE.items() if name != "synapse"})
        self.kubernetes.meddle = True
        self.assertEqual(self.make()[0], 0)
        self.assertEqual(self.kubernetes.data("synapse")["registration"], "another client")
        self.assertRegex(self.kubernetes.data("synapse")["form"], PASSWORD)
        self.assertEqual(self.kubernetes.changes(), ["POST secrets", "PATCH synapse"])

    def test_refuses_a_second_signing_key_when_other_secrets_exist(self) -> None:
        for identity in ({}, {"identity": {"signing.key.before-S": "ed25519 a_0000 other\n"}}):
            with self.subTest(identity):
                self.kubernetes.secrets = {}
                self.kubernetes.put({**identity, "synapse": THERE["synapse"]})
                code, said = self.make()
                self.assertEqual(code, 1)
                self.assertIn("has no signing key, but the system is not new", said)
                self.assertIn("kubectl create secret generic identity --from-file=signing.key=FILE", said)
                self.assertEqual(self.kubernetes.changes(), [])

    def test_creates_the_signing_key_when_only_secrets_exist_that_may_precede_the_system(self) -> None:
        self.kubernetes.put({"backup": THERE["backup"]})
        self.assertEqual(self.make()[0], 0)
        self.assertIn("signing.key", self.kubernetes.data("identity"))
        self.assertEqual(self.kubernetes.data("backup"), THERE["backup"])

    def claim(self, name: str, secrets: str = "", days: int = 0) -> None:
        made = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days, minutes=1)
        metadata = {"name": name, "creationTimestamp": made.isoformat(), "annotations": {data_claims.MARK: secrets}}
        path = f"/api/v1/namespaces/here/persistentvolumeclaims/{name}"
        self.kubernetes.objects[path] = {"metadata": metadata}

    def test_refuses_an_irreplaceable_secret_beside_data_that_was_used_with_one(self) -> None:
        for lost, claim, words in (
            ({"identity"}, "database", "Secret identity has no signing key"),
            (set(THERE), "media", "Secret identity has no signing key"),
            (set(THERE) - {"backup"}, "backups", "Secret identity has no signing key"),
            ({"backup"}, "backups", "Secret backup has no password"),
            ({"backup"}, "database", "Secret backup has no password"),
            ({"backup", "admin", "synapse"}, "media", "Secret backup has no password"),
        ):
            with self.subTest(lost=lost, claim=claim):
                self.kubernetes.calls, self.kubernetes.secrets, self.kubernetes.objects = [], {}, {}
                self.kubernetes.put({name: data for name, data in THERE.items() if name not in lost})
                self.claim(claim, "backup,identity")
                code, said = self.make(claims=("database", "media", "backups"))
                self.assertEqual(code, 1)
                self.assertIn(words, said)
                self.assertIn(f"the data on {claim} was used with one", said)
                self.assertIn("docs/operations/restore.md#secrets-are-lost", said)
                self.assertEqual(self.kubernetes.changes(), [])

    def test_creates_other_secrets_anew_beside_data(self) -> None:
        self.kubernetes.put({name: data for name, data in THERE.items() if name not in ("synapse", "admin")})
        self.claim("database", "backup,identity")
        self.assertEqual(self.make(claims=("database",))[0], 0)
        self.assertEqual(self.kubernetes.changes(), ["POST secrets", "POST secrets"])

    def test_creates_the_password_of_backups_that_a_system_gets_later(self) -> None:
        self.kubernetes.put({name: data for name, data in THERE.items() if name != "backup"})
        self.claim("database", "identity")
        self.claim("old", "", days=9)
        self.claim("backups")
        self.assertEqual(self.make(claims=("database", "old", "backups"))[0], 0)
        self.assertRegex(self.kubernetes.data("backup")["password"], PASSWORD)

    def test_refuses_a_signing_key_beside_an_old_claim_of_a_version_without_marks(self) -> None:
        self.claim("database", days=2)
        code, said = self.make(claims=("database",))
        self.assertEqual(code, 1)
        self.assertIn("there are claims of more than a day, database (delete them if the system never ran)", said)
        self.assertEqual(self.kubernetes.changes(), [])

    def test_marks_the_claims_with_the_irreplaceable_secrets(self) -> None:
        self.claim("database")
        code, said = self.make(claims=("database",))
        self.assertEqual(code, 0)
        self.assertIn("claim database is marked with backup,identity", said)

    def test_fails_when_kubernetes_refuses(self) -> None:
        for method in ("GET", "POST"):
            with self.subTest(method):
                self.kubernetes.refuse = method
                self.assertEqual(self.make(), (1, "make-secrets: Secret identity: 403 forbidden\n"))
        self.assertEqual(self.kubernetes.changes(), ["POST secrets"])

    def test_refuses_an_unknown_kind_of_secret(self) -> None:
        code, said = self.make([{"name": "one", "labels": {}, "keys": {"key": {"make": "magic"}}}])
        self.assertEqual(
            (code, said), (1, "make-secrets: 'magic' is not a valid kind of secret: use password or signing-key\n")
        )
