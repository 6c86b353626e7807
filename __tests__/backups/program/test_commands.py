import ast
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

from backup_case import MANAGED_JSON, ROOT, BackupCase
from matrix_backups import __main__ as commands
from matrix_backups.mounts import BACKUP
from output import outcome

LIB = Path("lib")
PROGRAM = LIB / "backups/program"


class Commands(BackupCase):
    def test_that_are_unknown_are_refused_with_the_list(self) -> None:
        for arguments in ([], ["restore"], ["restore", "all"], ["backup", "store", "now"]):
            with self.subTest(arguments):
                code, said = outcome(commands.main, arguments)
                self.assertEqual(code, 1)
                self.assertIn(
                    "is not a command of the backups: use backup store, dump store, prune, verify, list, agent", said
                )

    def test_have_a_module_each(self) -> None:
        for module in commands.COMMANDS.values():
            with self.subTest(module):
                (path,) = PROGRAM.rglob(f"{module}.py")
                tree = ast.parse(path.read_text(encoding="utf-8"))
                self.assertIn("run", [one.name for one in tree.body if isinstance(one, ast.FunctionDef)])

    def test_run_as_in_a_pod_with_all_files_in_one_folder(self) -> None:
        folder = ROOT / "program/matrix_backups"
        files = [*PROGRAM.rglob("*"), *(LIB / "python").glob("*.py")]
        for path in files:
            if path.is_file():
                self.put(folder / path.name, path.read_bytes())
        self.put(folder / "settings.json", json.dumps(MANAGED_JSON))
        self.answer({"snapshots": {"lines": [[]]}})
        env = {**os.environ, "PYTHONPATH": f"{ROOT}/program:{folder}"}
        work = [sys.executable, "-m", "matrix_backups", "list"]
        done = subprocess.run(work, env=env, capture_output=True, text=True, check=False, cwd=BACKUP)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("list: s3:https://s3.example.org/backups has no backup yet", done.stderr)


class Modules(unittest.TestCase):
    def test_are_not_named_like_those_of_python_and_not_empty(self) -> None:
        modules = list(LIB.rglob("*.py"))
        self.assertGreater(len(modules), 30)
        for path in modules:
            with self.subTest(path):
                self.assertNotIn(path.stem, sys.stdlib_module_names)
                self.assertTrue(path.read_text(encoding="utf-8").strip())

    def test_have_names_that_do_not_meet_in_one_folder(self) -> None:
        names = [path.name for path in (*PROGRAM.rglob("*.*"), *(LIB / "python").glob("*.py"))]
        self.assertEqual(sorted(names), sorted(set(names)))

    def test_that_bash_and_sql_name_are_there(self) -> None:
        scripts = [*PROGRAM.rglob("*.sh"), *PROGRAM.rglob("*.sql")]
        names = {path.name for path in scripts}
        for path in scripts:
            for line in path.read_text(encoding="utf-8").splitlines():
                for found in line.split('$(dirname "$0")/')[1:]:
                    with self.subTest(path.name, found=found):
                        self.assertIn(found.split('"')[0].split()[0], names)

    def test_are_all_used(self) -> None:
        texts = [path.read_text(encoding="utf-8") for path in PROGRAM.rglob("*.py")]
        used = set(commands.COMMANDS.values()) | {"__init__", "__main__"}
        for text in texts:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.ImportFrom) and node.module:
                    used |= {node.module.removeprefix("matrix_backups.")} | {one.name for one in node.names}
        self.assertEqual({path.stem for path in PROGRAM.rglob("*.py")} - used, set())
