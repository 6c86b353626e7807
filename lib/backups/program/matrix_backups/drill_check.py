"""Last step of a drill: asks the real Synapse on the restored database for what must be there, and publishes how it went.

Environment: SYNAPSE and DATABASE (URLs in the pod), SERVER_NAME.
"""
import hashlib
import hmac
import json
import os
import secrets
import shutil
import sys
import time
import urllib.parse
import urllib.request

import psycopg2

import metrics

SYNAPSE = os.environ["SYNAPSE"]
COUNTED = ("users", "rooms", "events", "media")


def fail(text):
    sys.exit(f"drill: {text}")


def call(method, path, body=None, token=None):
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(SYNAPSE + path, json.dumps(body).encode() if body is not None else None, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            content = answer.read()
            return json.loads(content) if answer.headers.get_content_type() == "application/json" else content
    except OSError as problem:
        fail(f"Synapse on the restored database does not give {path}: {problem}")


def probe_account():
    """Registers an account in the restored system, which ends with this pod, and logs it in with its password."""
    with open("/secrets/registration_shared_secret", encoding="utf-8") as file:
        shared = file.read().strip()
    name, password = f"drill-{secrets.token_hex(8)}", secrets.token_hex(16)
    nonce = call("GET", "/_synapse/admin/v1/register")["nonce"]
    mac = hmac.new(shared.encode(), "\0".join([nonce, name, password, "admin"]).encode(), hashlib.sha1).hexdigest()
    call("POST", "/_synapse/admin/v1/register", {"nonce": nonce, "username": name, "password": password, "admin": True, "mac": mac})
    identifier = {"type": "m.id.user", "user": name}
    return call("POST", "/_matrix/client/v3/login", {"type": "m.login.password", "identifier": identifier, "password": password})["access_token"]


def check_rows(cursor, known):
    """What was counted when the set was made, against the same count in what came out of it."""
    with open("/handover/facts.json", encoding="utf-8") as file:
        found = json.load(file)
    if less := [f"{name} {found[name]} instead of {known[name]}" for name in COUNTED if found[name] < known[name]]:
        fail(f"rows are missing: {', '.join(less)}")
    cursor.execute("SELECT count(*) FROM e2e_one_time_keys_json")
    if count := cursor.fetchone()[0]:
        fail(f"{count} one-time keys could be handed out twice")


def check_sample(cursor):
    """Each restored file against its row: the database holds the hash of what was uploaded."""
    with open("/handover/sample", encoding="utf-8") as file:
        paths = file.read().split()
    for path in paths:
        media_id = path.removeprefix("/local_content").replace("/", "")
        cursor.execute("SELECT sha256, media_length FROM local_media_repository WHERE media_id = %s", (media_id,))
        row = cursor.fetchone()
        with open(f"/drill/media{path}", "rb") as file:
            content = file.read()
        if row and (len(content) != row[1] or (row[0] and hashlib.sha256(content).hexdigest() != row[0])):
            fail(f"media file {path} is not what was uploaded")
    return len(paths)


def check_known(known, token):
    """The message and the file that the manifest names, as a client sees them."""
    if message := known.get("message"):
        room, event = (urllib.parse.quote(message[key]) for key in ("room", "event"))
        found = call("GET", f"/_synapse/admin/v1/rooms/{room}/context/{event}?limit=0", token=token)["event"]["event_id"]
        if found != message["event"]:
            fail(f"message {message['event']} is not there")
    if known.get("file"):
        call("GET", f"/_matrix/client/v1/media/download/{os.environ['SERVER_NAME']}/{known['file']}", token=token)


def main():
    with open("/handover/manifest.json", encoding="utf-8") as file:
        manifest = json.load(file)
    with open("/handover/parts", encoding="utf-8") as file:
        parts = {name: int(value) / 1000 for name, value in (line.strip().split("=") for line in file)}
    known = manifest["database"]
    begun = time.time()
    call("GET", "/_matrix/client/versions")
    sample = 0
    if known:
        with psycopg2.connect(os.environ["DATABASE"]) as connection, connection.cursor() as cursor:
            check_rows(cursor, known)
            sample = check_sample(cursor)
        check_known(known, probe_account())
    parts["check"] = time.time() - begun
    with open("/handover/begun", encoding="utf-8") as file:
        duration = time.time() - float(file.read())
    parts["synapse"] = duration - sum(parts.values())
    with open("/handover/recovery-point", encoding="utf-8") as file:
        recovery_point = float(file.read())
    text = (f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} set {manifest['id']} restored in {duration:.0f} s"
            f" (RTO; {', '.join(f'{name} {value:.1f}' for name, value in parts.items())}), RPO {recovery_point:.0f} s")
    metrics.write("drill", {
        "last_success_timestamp_seconds": time.time(), "duration_seconds": round(duration, 1), "recovery_time_seconds": round(duration, 1),
        "recovery_point_seconds": round(recovery_point, 1), "media_files_checked": sample}, text)
    print(f"drill: {text}", flush=True)
    # The pod may be kept for its log, and with it the volume.
    for folder in ("pgdata.restoring", "restore-wal", "media"):
        shutil.rmtree(f"/drill/{folder}", ignore_errors=True)


main()
