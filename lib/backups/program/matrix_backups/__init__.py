"""The backups of a Matrix system: what its jobs run, as `python3 -m matrix_backups COMMAND`.

A ConfigMap has no folders: in a pod all modules lie in this one, and so they are imported from it by their names.
"""

from pathlib import Path

__path__ += [str(folder) for folder in Path(__file__).parent.iterdir() if folder.is_dir()]
