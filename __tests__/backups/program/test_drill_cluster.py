import json
import os
from typing import Any
from unittest import mock

import kubernetes_stand_in
from backup_case import RECOVERED_BY_OPERATOR, ROOT, BackupCase
from matrix_backups import drill_cluster, drill_databases, drill_recover, drill_removal
from matrix_backups.mounts import BACKUP, HANDOVER

CLUSTERS = "/apis/postgresql.cnpg.io/v1/namespaces/here/clusters"
CLUSTER = f"{CLUSTERS}/drill"
JOB = "/apis/batch/v1/namespaces/here/jobs/drill-1-full-recovery"
CLAIM = "/api/v1/namespaces/here/persistentvolumeclaims/drill-1"
OURS = {"app": "matrix-database-drill"}
READY = {"phase": "Cluster in healthy state", "conditions": [{"type": "Ready", "status": "True"}]}


class ClusterCase(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        self.kubernetes = kubernetes_stand_in.begin(self)
        self.put(ROOT / "program/drill-cluster.json", json.dumps({"metadata": {"name": "drill", "labels": OURS}}))
        self.enterContext(mock.patch.object(drill_cluster, "MANIFEST", ROOT / "program/drill-cluster.json"))
        self.enterContext(mock.patch.dict(os.environ, {"POD_NAME": "drill-pod", "POD_UID": "pod"}))

    def there(self, status: Any = None, labels: Any = None, owner: str = "pod", uid: str = "one") -> None:
        metadata = {"name": "drill", "labels": labels or OURS, "ownerReferences": [{"uid": owner}], "uid": uid}
        self.kubernetes.objects[CLUSTER] = {"metadata": metadata, "status": status or {}}


class Make(ClusterCase):
    def test_belongs_to_the_pod_so_that_it_ends_with_it(self) -> None:
        self.assertEqual(self.said(drill_cluster.make), "")
        (owner,) = self.kubernetes.objects[CLUSTER]["metadata"]["ownerReferences"]
        self.assertEqual((owner["kind"], owner["name"], owner["uid"]), ("Pod", "drill-pod", "pod"))

    def test_removes_what_a_killed_drill_has_left(self) -> None:
        self.there(owner="another")
        self.assertEqual(
            self.said(drill_cluster.make), "drill: cluster drill of an earlier drill was left, and is removed\n"
        )
        self.assertEqual(self.kubernetes.changes(), ["DELETE drill", "POST clusters"])

    def test_waits_until_the_claims_of_a_killed_drill_are_gone(self) -> None:
        self.kubernetes.objects[CLAIM] = {}
        with mock.patch.object(drill_cluster.time, "sleep", lambda _: self.kubernetes.objects.pop(CLAIM)):
            self.said(drill_cluster.make)
        self.assertEqual(self.kubernetes.changes(), ["POST clusters"])

    def test_fails_on_a_cluster_of_that_name_from_elsewhere_and_leaves_it(self) -> None:
        self.there(labels={"app": "shop"})
        self.assertIn("cluster drill is not from a drill, so it is not removed", self.problem(drill_cluster.make))
        self.assertEqual(self.kubernetes.changes(), [])

    def test_fails_with_what_kubernetes_says(self) -> None:
        self.kubernetes.refuse = "POST"
        self.assertEqual(self.problem(drill_cluster.make), "cluster drill could not be made: 403 forbidden")


class Wait(ClusterCase):
    def waits(self) -> None:
        drill_cluster.wait("drill")

    def test_ends_when_the_cluster_is_ready(self) -> None:
        self.there(READY)
        self.assertEqual(self.said(self.waits), "")

    def test_says_what_the_operator_does_and_bears_one_failed_attempt(self) -> None:
        self.there({"phase": "Setting up primary"})
        self.kubernetes.objects[JOB] = {"status": {"failed": 1}}
        with mock.patch.object(drill_cluster.time, "sleep", lambda _: self.there(READY)):
            self.assertEqual(self.said(self.waits), "drill: drill: Setting up primary\n")

    def test_fails_when_the_backup_cannot_be_restored(self) -> None:
        self.there({"phase": "Setting up primary"})
        self.kubernetes.objects[JOB] = {"status": {"failed": 2}}
        self.assertIn("could not restore the backup of the database, in 2 attempts", self.problem(self.waits))

    def test_fails_when_the_operator_is_away_or_the_cluster_is(self) -> None:
        self.there()
        with mock.patch.object(drill_cluster, "BEGUN", -1):
            self.assertIn("the operator has not begun", self.problem(self.waits))
        del self.kubernetes.objects[CLUSTER]
        self.assertIn("was removed while it was recovered", self.problem(self.waits))

    def test_fails_when_it_may_not_look(self) -> None:
        self.kubernetes.refuse = "GET"
        self.assertEqual(self.problem(self.waits), "cluster drill could not be read: 403 forbidden")
        with self.assertRaisesRegex(drill_cluster.Problem, "Secret drill-app could not be read: 403 forbidden"):
            drill_cluster.secret("drill-app")


class Remove(ClusterCase):
    def test_waits_for_the_claims_and_removes_no_other_cluster_of_that_name(self) -> None:
        self.there()
        self.kubernetes.objects[CLAIM] = {}
        with mock.patch.object(drill_cluster.time, "sleep", lambda _: self.kubernetes.objects.pop(CLAIM)):
            self.assertTrue(drill_cluster.remove("drill"))
        self.assertFalse(drill_cluster.remove("drill"))
        options = [body for body in self.kubernetes.bodies if body]
        self.assertEqual(options, [{"propagationPolicy": "Background", "preconditions": {"uid": "one"}}])

    def test_fails_when_it_may_not_be_removed_or_claims_stay(self) -> None:
        self.there()
        with mock.patch.object(self.kubernetes, "refuse", "DELETE"):
            self.assertEqual(
                self.problem(lambda: drill_cluster.remove("drill")), "cluster drill could not be removed: 403 forbidden"
            )
        self.kubernetes.objects[CLAIM] = {}
        with mock.patch.object(drill_cluster, "GONE", -1):
            self.assertIn("claim drill-1 of an earlier", self.problem(lambda: drill_cluster.remove("drill")))

    def test_at_the_end_of_a_drill_it_removes_only_what_this_drill_made(self) -> None:
        (BACKUP / "metrics").mkdir()
        for owner, said, left in (
            ("another", "", True),
            ("pod", "drill: cluster drill is removed with its claims\n", False),
        ):
            with (
                self.subTest(owner),
                mock.patch("signal.sigwait") as signalled,
                mock.patch("signal.pthread_sigmask"),
            ):
                self.there(owner=owner)
                self.assertEqual(self.said(drill_removal.run, RECOVERED_BY_OPERATOR), said)
                signalled.assert_called_once()
                self.assertEqual(CLUSTER in self.kubernetes.objects, left)
                self.assertTrue((HANDOVER / "locked").exists())


class Recover(ClusterCase):
    def test_notes_how_long_it_took_and_what_would_have_been_lost(self) -> None:
        self.put(HANDOVER / "parts", "fetch=1500\n")
        for name in ("make", "wait"):
            self.enterContext(mock.patch.object(drill_cluster, name))
        self.enterContext(mock.patch.object(drill_databases, "connect_to"))
        self.enterContext(mock.patch.object(drill_databases, "compare", return_value=12.5))
        said = self.said(drill_recover.run, RECOVERED_BY_OPERATOR)
        self.assertEqual(said, "drill: cluster drill is restored, 12 s behind the running database\n")
        self.assertEqual((HANDOVER / "recovery-point").read_text(), "12.5")
        self.assertRegex((HANDOVER / "parts").read_text(), r"^fetch=1500\nrecovery=\d+\n$")
