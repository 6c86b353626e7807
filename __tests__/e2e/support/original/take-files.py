"""Writes what is in /data as a tar archive to standard output, while nothing can write into homeserver.db."""

import sqlite3
import subprocess

opened = sqlite3.connect("/data/homeserver.db", timeout=60, isolation_level=None)
opened.execute("BEGIN IMMEDIATE")
FILES = "homeserver.db homeserver.db-wal media_store caritas.local.signing.key"
subprocess.run(["tar", "-c", "-C", "/data", *FILES.split()], check=True)
