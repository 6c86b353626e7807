"""The first steps in bash and the second steps in Python share a lock, and files that one makes for the other."""

import os
import subprocess
import time
from pathlib import Path

from backup_case import ROOT, BackupCase
from matrix_backups import locks, staging
from matrix_backups.mounts import BACKUP

NOTES = BACKUP / "work.notes"
SCRIPT = Path("lib/backups/program/matrix_backups/backup/staging.sh")


class Staging(BackupCase):
    def setUp(self) -> None:
        super().setUp()
        text = SCRIPT.read_text(encoding="utf-8").replace("/backup", str(BACKUP))
        self.script = self.put(ROOT / "scripts/staging.sh", f'{text}\nfail() {{ echo "backup: $*" >&2; exit 1; }}\n')

    def bash(self, command: str, pod: str = "this-pod", patience: int = 0) -> subprocess.Popen[str]:
        env = {**os.environ, "HOSTNAME": pod, "PATIENCE": str(patience)}
        work = ["bash", "-c", f"set -euo pipefail; source {self.script}; {command}"]
        return subprocess.Popen(work, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def stage(self, pod: str = "this-pod", patience: int = 0) -> tuple[int, str]:
        # Kubernetes makes the folders of mounts.
        work = f"mkdir -p {BACKUP}/work {NOTES}; stage backup work; echo system=1 >{NOTES}/tags"
        with self.bash(work, pod, patience) as process:
            said = process.communicate()[1]
        return process.returncode, said

    def test_passes_files_from_one_step_to_the_next(self) -> None:
        self.assertEqual(self.stage(), (0, ""))
        with staging.taken_over("backup", "work") as facts:
            self.assertEqual(facts, {"system": "1"})
        self.assertEqual(list((BACKUP / "work").iterdir()), [])

    def test_removes_files_that_this_pod_or_a_killed_one_left_behind(self) -> None:
        self.put(BACKUP / "work/old")
        self.assertEqual(self.stage("another-pod"), (0, ""))
        self.assertEqual(self.stage("another-pod"), (0, ""))
        self.assertFalse((BACKUP / "work/old").exists())
        os.utime(NOTES / "tags", (0, 0))
        self.assertEqual(self.stage("this-pod"), (0, ""))

    def test_waits_while_another_pod_is_about_to_store_its_files(self) -> None:
        self.assertEqual(self.stage("another-pod"), (0, ""))
        with self.bash("sleep() { echo waits; command sleep 0.1; }; stage backup work") as process:
            assert process.stdout
            self.assertEqual(process.stdout.readline(), "waits\n")
            self.assertTrue((NOTES / "tags").exists())
            # The other pod stores it.
            (NOTES / "tags").unlink()
            process.communicate()
        self.assertEqual(process.returncode, 0)

    def test_fails_when_patience_ends_and_names_the_running_job(self) -> None:
        with locks.staging("restore"):
            message = "backup: restore (this-pod) is still running: wait until it is done, then run this job again\n"
            self.assertEqual(self.stage("another-pod"), (1, message))

    def test_waits_for_its_turn(self) -> None:
        with locks.staging("dump"):
            process = self.bash("hold backup; echo held", patience=60)
            time.sleep(0.3)
            self.assertIsNone(process.poll())
        with process:
            self.assertEqual(process.communicate()[0], "held\n")

    def test_of_bash_keeps_python_out(self) -> None:
        with self.bash("hold restore; echo held; read -r <&0 || true; sleep 9") as process:
            assert process.stdout
            process.stdout.readline()
            with (
                self.assertRaisesRegex(locks.Problem, r"^restore \(this-pod\) is still running"),
                locks.staging("backup"),
            ):
                pass
            process.kill()
