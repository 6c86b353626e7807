"""Writes numbered rows one after another, and notes each with the time at which PostgreSQL had acknowledged it."""
import os
import time

import psycopg2

MEDIA = "/data/media_store/local_content/ab/cd"

os.makedirs(MEDIA)
for name in range(20):
    with open(f"{MEDIA}/{name}", "wb") as media:
        media.write(os.urandom(100_000))

connection = psycopg2.connect(host="localhost", dbname=os.environ["DATABASE_NAME"], user=os.environ["DATABASE_USER"],
                              password=os.environ["DATABASE_PASSWORD"])
connection.autocommit = True
cursor = connection.cursor()
# Noise to copy: what compresses well is through before it can be killed.
cursor.execute("CREATE TABLE noise AS SELECT sha512(n::text::bytea) FROM generate_series(1, 200000) n")
cursor.execute("CREATE TABLE acknowledged (n bigint PRIMARY KEY, noise bytea NOT NULL)")
number = 0
with open("/crashtest/shared/acknowledged", "w", encoding="utf-8", buffering=1) as file:
    while True:
        number += 1
        cursor.execute("INSERT INTO acknowledged VALUES (%s, %s)", (number, os.urandom(300)))
        file.write(f"{number} {time.time()}\n")
        time.sleep(0.02)
