"""What the jobs have done, as Prometheus text in files on the backup claim. The agent serves them.

https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""
import glob
import json
import os

from repository import BACKUP

FOLDER = f"{BACKUP}/metrics"


def write(part, values, told=None):
    """Notes values (name: number) of a part, and what the agent shall write on its CronJob."""
    os.makedirs(FOLDER, exist_ok=True)
    for name, text in ((f"{part}.prom", lines(part, values)), (f"{part}.json", json.dumps({"values": values, "told": told}))):
        with open(f"{FOLDER}/.{name}", "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(f"{FOLDER}/.{name}", f"{FOLDER}/{name}")


def lines(part, values):
    return "".join(f"# TYPE matrix_{part}_{name} gauge\nmatrix_{part}_{name} {value}\n" for name, value in values.items())


def read(part):
    """(values, what was told), empty when the part has never succeeded, or a crash has left no readable file."""
    try:
        with open(f"{FOLDER}/{part}.json", encoding="utf-8") as file:
            noted = json.load(file)
        return noted["values"], noted["told"]
    except (FileNotFoundError, ValueError):
        return {}, None


def everything():
    text = ""
    for path in sorted(glob.glob(f"{FOLDER}/*.prom")):
        with open(path, encoding="utf-8") as file:
            text += file.read()
    return text
