"""Mounts of the volumes in a pod. Tests set other places in MOUNTS and BACKUP."""

import os
from pathlib import Path

ROOT = Path(os.environ.get("MOUNTS", "/"))
BACKUP = Path(os.environ.get("BACKUP", ROOT / "backup"))
#: The WAL archive: segments on their way from PostgreSQL to the repository.
WAL = BACKUP / "wal"
MEDIA = ROOT / "media/media_store"
SECRETS = ROOT / "secrets"
CONFIG = ROOT / "config"
#: Memory shared with the next steps of the same pod.
HANDOVER = ROOT / "handover"
#: Memory in which the steps that run PostgreSQL note their results. They cannot write to HANDOVER.
RECOVERED = ROOT / "recovered"
#: Memory with the Secrets of a backup, in no container that runs PostgreSQL.
BACKUP_SECRETS = ROOT / "backup-secrets"
CHOICE = ROOT / "choice"
#: Synapse's claim.
DATA = ROOT / "data"
#: File of that claim, in which offload.py notes when it has found all media in which bucket.
IN_BUCKET = "media-in-bucket"
DRILL = ROOT / "drill"
#: Memory with the passwords and the CA of a database that an operator has restored for a drill.
CONNECTION = ROOT / "connection"
#: Password and CA of the running database that it is compared with.
RUNNING = ROOT / "running"
#: Exists when an operator has confirmed that the repository password is stored outside the cluster.
ESCROWED = ROOT / "password/escrowed"
