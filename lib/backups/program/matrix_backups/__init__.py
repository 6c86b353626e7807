"""The program that the jobs of the backups run: `python3 -m matrix_backups COMMAND`.

A ConfigMap has no folders, so in a pod all modules are in one. They are imported by name from any folder here.
"""

from pathlib import Path

__path__ += [str(folder) for folder in Path(__file__).parent.iterdir() if folder.is_dir()]
