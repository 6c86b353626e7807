"""Waits until the database lets Synapse in, so that Synapse starts once and not in a circle of crashes.

usage: wait-for-database.py HOMESERVER.YAML, the password in PGPASSWORD
"""
import signal
import sys
import time

import psycopg2
import yaml

# The first process of a container is not ended by a signal that it does not handle.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

with open(sys.argv[1]) as file:
    arguments = yaml.safe_load(file)["database"]["args"]
arguments = {name: value for name, value in arguments.items() if not name.startswith("cp_")}

while True:
    try:
        psycopg2.connect(**arguments, connect_timeout=5).close()
        break
    except psycopg2.OperationalError as problem:
        print(f"waiting for the database: {str(problem).strip()}")
        time.sleep(1)
