import dataclasses
from unittest import mock

import kubernetes_stand_in
from backup_case import MANAGED, SETTINGS, BackupCase
from matrix_backups import restore_check
from matrix_backups.settings import Synapse

BASE = "/apis/apps/v1/namespaces/here"


class Check(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        self.kubernetes = kubernetes_stand_in.begin(self)
        self.scaled(0, 0)
        self.pods = "/api/v1/namespaces/here/pods?labelSelector=app%20in%20(matrix-synapse,matrix-postgres)"
        self.kubernetes.objects[self.pods] = {"items": []}

    def scaled(self, synapse: int, postgres: int) -> None:
        self.kubernetes.objects[f"{BASE}/deployments/matrix-synapse"] = {"spec": {"replicas": synapse}}
        self.kubernetes.objects[f"{BASE}/statefulsets/matrix-postgres"] = {"spec": {"replicas": postgres}}

    def pod(self, phase: str) -> None:
        pod = {"metadata": {"name": "matrix-postgres-0"}, "status": {"phase": phase}}
        self.kubernetes.objects[self.pods] = {"items": [pod]}

    def test_succeeds_when_all_pods_are_gone(self) -> None:
        self.assertEqual(self.said(restore_check.run, SETTINGS), "")
        self.pod("Succeeded")
        self.assertEqual(self.said(restore_check.run, SETTINGS), "")

    def test_fails_on_a_running_system_and_names_the_command_to_run(self) -> None:
        for replicas, name in (((1, 0), "deployments/matrix-synapse"), ((0, 1), "statefulsets/matrix-postgres")):
            with self.subTest(name):
                self.scaled(*replicas)
                problem = self.problem(restore_check.run, SETTINGS)
                self.assertIn(f"{name} is not scaled to 0", problem)
                self.assertIn(
                    "kubectl scale deployment/matrix-synapse statefulset/matrix-postgres --replicas=0 -n here\n",
                    problem,
                )

    def test_fails_while_a_worker_runs(self) -> None:
        settings = dataclasses.replace(SETTINGS, synapse=Synapse("matrix-synapse", ("statefulset/typing",)))
        self.kubernetes.objects[f"{BASE}/statefulsets/typing"] = {"spec": {"replicas": 1}}
        self.assertIn("statefulsets/typing is not scaled to 0", self.problem(restore_check.run, settings))

    def test_waits_for_pods_to_end_up_to_a_limit(self) -> None:
        self.pod("Running")
        with mock.patch.object(restore_check, "TRIES", 3), mock.patch.object(restore_check, "PAUSE", 0):
            problem = self.problem(restore_check.run, SETTINGS)
        self.assertIn("matrix-postgres-0 did not end within two minutes", problem)

    def test_fails_when_kubernetes_forbids_the_check(self) -> None:
        self.kubernetes.refuse = "GET"
        self.assertIn(f"{BASE}/deployments/matrix-synapse: 403 forbidden", self.problem(restore_check.run, SETTINGS))

    def test_asks_only_for_synapse_where_the_database_is_managed_elsewhere(self) -> None:
        self.scaled(0, 1)
        self.kubernetes.objects[self.pods.replace(",matrix-postgres", "")] = {"items": []}
        self.assertEqual(self.said(restore_check.run, MANAGED), "")
        self.scaled(1, 1)
        self.assertIn("kubectl scale deployment/matrix-synapse --replicas=0", self.problem(restore_check.run, MANAGED))
