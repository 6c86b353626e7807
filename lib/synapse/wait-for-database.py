"""Waits until the database lets Synapse in, so that Synapse starts once and not in a circle of crashes.

usage: wait-for-database.py HOMESERVER.YAML, the password in PGPASSWORD
"""
import sys
import time

import psycopg2
import yaml

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
