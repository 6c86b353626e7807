"""Where the volumes of a pod are mounted. MOUNTS and BACKUP are other places, for tests."""

import os
from pathlib import Path

ROOT = Path(os.environ.get("MOUNTS", "/"))
BACKUP = Path(os.environ.get("BACKUP", ROOT / "backup"))
#: The WAL archive: segments on their way from PostgreSQL to the repository.
WAL = BACKUP / "wal"
MEDIA = ROOT / "media/media_store"
SECRETS = ROOT / "secrets"
CONFIG = ROOT / "config"
#: For the next step of the same pod.
HANDOVER = ROOT / "handover"
CHOICE = ROOT / "choice"
#: Synapse's claim.
DATA = ROOT / "data"
DRILL = ROOT / "drill"
#: Is there when an operator has said that the password of the repository is kept outside of the cluster.
ESCROWED = ROOT / "password/escrowed"
