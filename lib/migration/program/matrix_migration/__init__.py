"""The program that moves a Synapse from SQLite to PostgreSQL: `python3 -m matrix_migration STEP`.

A ConfigMap has no folders, so in a pod all modules are in one. They are imported by name from any folder here.
"""

from pathlib import Path

__path__ += [str(folder) for folder in Path(__file__).parent.iterdir() if folder.is_dir()]
