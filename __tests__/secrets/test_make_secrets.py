import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

import kubernetes_stand_in
import make_secrets
from output import outcome

LABELS = {"app": "secrets"}
PLAN: list[dict[str, Any]] = [
    {"name": "identity", "labels": LABELS, "keys": {"signing.key": {"make": "signing-key"}}},
    {"name": "synapse", "labels": LABELS, "keys": {"registration": {"make": "password"}, "form": {"make": "password"}}},
    {"name": "admin", "labels": LABELS, "keys": {"username": {"value": "root"}, "password": {"make": "password"}}},
    {"name": "backup", "labels": LABELS, "comesFirst": True, "keys": {"password": {"make": "password"}}},
]
PASSWORD = r"^[\w-]{64}$"
#: All that the plan wants, as an operator or an earlier run has put it there.
THERE = {
    "identity": {"signing.key": "ed25519 a_1111 first\n"},
    "synapse": {"registration": "shared", "form": "old"},
    "admin": {"username": "somebody", "password": "chosen"},
    "backup": {"password": "in the safe"},
}


class MakeSecrets(unittest.TestCase):
    def setUp(self) -> None:
        self.kubernetes = kubernetes_stand_in.begin(self)

    def make(self, plan: list[dict[str, Any]] = PLAN) -> tuple[int, str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "plan.json")
            path.write_text(json.dumps(plan), encoding="utf-8")
            return outcome(make_secrets.main, [str(path)])

    def test_makes_all_of_a_new_system_each_value_another_one_and_says_none(self) -> None:
        code, said = self.make()
        self.assertEqual(code, 0)
        self.assertRegex(self.kubernetes.data("identity")["signing.key"], r"^ed25519 a_[0-9a-f]{4} new\d+\n$")
        self.assertEqual(self.kubernetes.data("admin")["username"], "root")
        values = [value for name in ("synapse", "admin", "backup") for value in self.kubernetes.data(name).values()]
        self.assertEqual(len(set(values)), 5)
        for value in values[:2] + values[3:]:
            self.assertRegex(value, PASSWORD)
        got = (f"make-secrets: Secret {one['name']} got {', '.join(one['keys'])}\n" for one in PLAN)
        self.assertEqual(said, "".join(got))
        self.assertEqual(self.kubernetes.secrets["synapse"]["metadata"]["labels"], LABELS)
        self.assertNotIn("annotations", self.kubernetes.secrets["synapse"]["metadata"])

    def test_gives_a_secret_its_annotations(self) -> None:
        self.make([{**PLAN[1], "annotations": {"keep": "yes"}}])
        self.assertEqual(self.kubernetes.secrets["synapse"]["metadata"]["annotations"], {"keep": "yes"})

    def test_changes_nothing_that_is_there_whatever_the_plan_would_put_there(self) -> None:
        self.kubernetes.put({**THERE, "synapse": {**THERE["synapse"], "of an operator": "own"}})
        self.assertEqual(self.make()[0], 0)
        self.assertEqual(self.kubernetes.changes(), [])
        self.assertEqual(self.kubernetes.data("admin"), THERE["admin"])

    def test_adds_a_key_that_is_missing_and_leaves_the_others(self) -> None:
        self.kubernetes.put({**THERE, "synapse": {"registration": "shared"}})
        self.assertIn("Secret synapse got form\n", self.make()[1])
        self.assertEqual(self.kubernetes.data("synapse")["registration"], "shared")
        self.assertRegex(self.kubernetes.data("synapse")["form"], PASSWORD)
        self.assertEqual(self.kubernetes.changes(), ["PATCH synapse"])

    def test_fails_when_a_key_is_there_without_a_value(self) -> None:
        """It may be an operator who fills it next."""
        self.kubernetes.put({**THERE, "synapse": {"registration": "", "form": "old"}})
        code, said = self.make()
        self.assertEqual(code, 1)
        self.assertIn("Secret synapse has no value for registration: fill it, or take the key away", said)
        self.assertEqual(self.kubernetes.changes(), [])

    def test_looks_again_when_another_client_has_changed_the_secret_in_the_meantime(self) -> None:
        self.kubernetes.put({**THERE, "synapse": {"registration": "shared"}})
        self.kubernetes.meddle = True
        code, said = self.make()
        self.assertEqual(code, 0)
        self.assertIn("Secret synapse has just changed, looking again", said)
        self.assertEqual(self.kubernetes.changes(), ["PATCH synapse", "PATCH synapse"])

    def test_looks_again_when_another_client_has_made_the_secret_and_keeps_its_value(self) -> None:
        self.kubernetes.put({name: data for name, data in THERE.items() if name != "synapse"})
        self.kubernetes.meddle = True
        self.assertEqual(self.make()[0], 0)
        self.assertEqual(self.kubernetes.data("synapse")["registration"], "another client")
        self.assertRegex(self.kubernetes.data("synapse")["form"], PASSWORD)
        self.assertEqual(self.kubernetes.changes(), ["POST secrets", "PATCH synapse"])

    def test_makes_no_second_signing_key_where_other_secrets_are_there(self) -> None:
        for identity in ({}, {"identity": {"signing.key.before-S": "ed25519 a_0000 other\n"}}):
            with self.subTest(identity):
                self.kubernetes.secrets = {}
                self.kubernetes.put({**identity, "synapse": THERE["synapse"]})
                code, said = self.make()
                self.assertEqual(code, 1)
                self.assertIn("has no signing key, but the system is not new", said)
                self.assertIn("kubectl create secret generic identity --from-file=signing.key=FILE", said)
                self.assertEqual(self.kubernetes.changes(), [])

    def test_makes_the_signing_key_where_only_that_is_there_which_comes_before_a_system(self) -> None:
        self.kubernetes.put({"backup": THERE["backup"]})
        self.assertEqual(self.make()[0], 0)
        self.assertIn("signing.key", self.kubernetes.data("identity"))
        self.assertEqual(self.kubernetes.data("backup"), THERE["backup"])

    def test_fails_when_it_may_not(self) -> None:
        for method in ("GET", "POST"):
            with self.subTest(method):
                self.kubernetes.refuse = method
                self.assertEqual(self.make(), (1, "make-secrets: Secret identity: 403 forbidden\n"))
        self.assertEqual(self.kubernetes.changes(), ["POST secrets"])

    def test_refuses_what_it_cannot_make(self) -> None:
        code, said = self.make([{"name": "one", "labels": {}, "keys": {"key": {"make": "magic"}}}])
        self.assertEqual((code, said), (1, "make-secrets: 'magic' cannot be made: use password or signing-key\n"))
