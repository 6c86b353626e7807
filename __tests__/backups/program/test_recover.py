"""The scripts beside PostgreSQL, on what a PostgreSQL that was broken into could tell or leave them."""

import gzip
import os
import subprocess
from pathlib import Path

from backup_case import ROOT, BackupCase
from matrix_backups.mounts import HANDOVER

FOLDER = Path("lib/backups/program/matrix_backups")
SEGMENT = "000000010000000000000005"


class Scripts(BackupCase):
    def bash(self, command: str, name: str = "") -> subprocess.CompletedProcess[str]:
        """Runs bash, with one of the scripts sourced."""
        text = (FOLDER / name).read_text(encoding="utf-8").replace("/handover", str(HANDOVER)) if name else ""
        script = self.put(ROOT / "scripts/script.sh", f'fail() {{ echo "$*" >&2; exit 1; }}\n{text}\n{command}\n')
        return subprocess.run(
            ["bash", "-euo", "pipefail", script], cwd=ROOT, capture_output=True, text=True, timeout=10, check=False
        )

    def test_read_the_plan_without_running_it(self) -> None:
        self.put(HANDOVER / "plan", "set=$(touch owned)\ntime=`touch owned`\nlogs=a b; touch owned\nsecrets=true\n")
        done = self.bash('echo "$set|$time|$logs|$action"', "restore/recover.sh")
        self.assertEqual(done.stdout, "$(touch owned)|`touch owned`|a b; touch owned|\n")
        self.assertFalse((ROOT / "owned").exists())

    def test_refuse_a_plan_that_sets_something_else(self) -> None:
        self.put(HANDOVER / "plan", "set=one\nPATH=/evil\n")
        done = self.bash("", "restore/recover.sh")
        self.assertEqual((done.returncode, "unknown 'PATH'" in done.stderr), (1, True))

    def test_calculate_with_numbers_only(self) -> None:
        for said, found in (("42", "42\n"), ("a[$(touch owned)]", ""), ("1+1", ""), ("", ""), ("9" * 30, "")):
            with self.subTest(said):
                done = self.bash(f"number <<<'{said}'", "backup/staging.sh")
                self.assertEqual(done.stdout, found)
        self.assertFalse((ROOT / "owned").exists())

    def test_take_wal_from_plain_files_only(self) -> None:
        archive, path = ROOT / "archive", ROOT / "taken/here"
        path.parent.mkdir()
        self.put(ROOT / "elsewhere/secret.gz", gzip.compress(b"a secret"))

        def fetch() -> int:
            return self.bash(f"bash {FOLDER.absolute()}/wal/fetch-wal.sh {SEGMENT} {path} {archive}").returncode

        archive.mkdir()
        (archive / f"{SEGMENT}.gz").symlink_to(ROOT / "elsewhere/secret.gz")
        self.assertEqual((fetch(), path.exists()), (1, False))
        (archive / f"{SEGMENT}.gz").unlink()
        os.mkfifo(archive / f"{SEGMENT}.gz")
        self.assertEqual(fetch(), 1)
        self.put(archive / f"{SEGMENT[:16]}/{SEGMENT}.gz", gzip.compress(b"WAL"))
        self.assertEqual((fetch(), path.read_bytes()), (0, b"WAL"))
