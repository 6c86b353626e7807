"""Checks the Synapse that runs on the restored database of a drill."""

import hashlib
import secrets
from typing import Any

import psycopg2

import synapse_api
from matrix_backups import drill_databases, files
from matrix_backups.facts import content
from matrix_backups.mounts import DRILL, HANDOVER, RECOVERED, SECRETS
from matrix_backups.problem import Problem
from matrix_backups.settings import Settings

#: Synapse in the pod of the drill.
URL = "http://127.0.0.1:8008"
#: Seconds in which it starts, also where it has to update tables first.
STARTS = 600
COUNTED = ("users", "rooms", "events", "media")


def connection_of(settings: Settings) -> dict[str, Any]:
    """Parameters of libpq for the restored database."""
    if not settings.recovery:
        database = settings.database
        assert database
        return {"host": "127.0.0.1", "port": database.port, "user": database.user, "dbname": database.name}
    return drill_databases.restored(settings.recovery)


def known_after() -> dict[str, Any]:
    """What a restored database holds that is not in the manifest. A file is asked for if its medium was fetched."""
    known = content(files.read(RECOVERED / "facts.json"))
    fetched = (HANDOVER / "sample").read_text(encoding="utf-8").replace("/", "").split()
    return known and {**known, "file": known["file"] if f"local_content{known['file']}" in fetched else None}


def wait() -> None:
    """Waits until Synapse serves. Kubernetes would start it again for as long as the job may take."""
    try:
        synapse_api.Synapse(URL, STARTS).ask("GET", "/_matrix/client/versions")
    except synapse_api.NoAnswer as problem:
        raise Problem(
            f"Synapse has not started on the restored database within {STARTS} s ({problem}): read the log of its "
            "container, synapse, in this pod"
        ) from None


def check(settings: Settings, known: dict[str, Any]) -> int:
    """Checks rows, media and a client's view. Returns the number of media checked: 0 without tables."""
    if not known:
        return 0
    connection = psycopg2.connect(**connection_of(settings))
    try:
        with connection.cursor() as cursor:
            check_rows(cursor, known)
            looked_at = check_media(cursor)
    finally:
        connection.close()
    synapse = synapse_api.Synapse(URL)
    check_known(synapse, settings.server_name, known, probe_account(synapse))
    return looked_at


def ask(synapse: synapse_api.Synapse, path: str, token: str | None = None) -> Any:
    """The answer of Synapse. Fails when it is not a success."""
    try:
        return _must(path, *synapse.ask("GET", path, token=token))
    except synapse_api.NoAnswer as problem:
        raise Problem(f"Synapse on the restored database failed {path}: {problem}") from None


def _must(path: str, status: int, answer: Any) -> Any:
    if status != 200:
        raise Problem(f"Synapse on the restored database failed {path}: {status} {answer}")
    return answer


def probe_account(synapse: synapse_api.Synapse) -> str:
    """Registers an account in the restored system, which ends with this pod, and logs in. Returns its token."""
    shared = (SECRETS / "registration_shared_secret").read_text(encoding="utf-8").strip()
    name, password = f"drill-{secrets.token_hex(8)}", secrets.token_hex(16)
    try:
        _must("a registration", *synapse.register(shared, name, password))
        return str(_must("a login", *synapse.log_in(name, password))["access_token"])
    except synapse_api.NoAnswer as problem:
        raise Problem(str(problem)) from None


def check_rows(cursor: Any, known: dict[str, Any]) -> None:
    """Fails when the restored database has fewer rows than were counted when the backup was made."""
    found = content(files.read(RECOVERED / "facts.json"))
    if not found:
        raise Problem("the tables of Synapse are missing in the restored database")
    if less := [f"{name} {found[name]} instead of {known[name]}" for name in COUNTED if found[name] < known[name]]:
        raise Problem(f"rows are missing in the restored database: {', '.join(less)}")
    cursor.execute("SELECT count(*) FROM e2e_one_time_keys_json")
    if count := cursor.fetchone()[0]:
        raise Problem(f"{count} one-time keys are left in the restored database and could be given out twice")


def check_media(cursor: Any) -> int:
    """Compares each restored file with its row, which holds the size and hash of the upload."""
    paths = (HANDOVER / "sample").read_text(encoding="utf-8").split()
    for path in paths:
        media_id = path.removeprefix("/local_content").replace("/", "")
        cursor.execute("SELECT sha256, media_length FROM local_media_repository WHERE media_id = %s", (media_id,))
        row = cursor.fetchone()
        with files.opened(DRILL / f"media{path}") as file:
            restored = file.read()
        if row and (len(restored) != row[1] or (row[0] and hashlib.sha256(restored).hexdigest() != row[0])):
            raise Problem(f"media file {path} differs from what was uploaded")
    return len(paths)


def check_known(synapse: synapse_api.Synapse, server_name: str, known: dict[str, Any], token: str) -> None:
    """Fetches the message and the file named in the manifest, as a client does."""
    if message := known.get("message"):
        room, event = (synapse_api.quoted(message[key]) for key in ("room", "event"))
        found = ask(synapse, f"/_synapse/admin/v1/rooms/{room}/context/{event}?limit=0", token)
        if found["event"]["event_id"] != message["event"]:
            raise Problem(f"message {message['event']} is missing in the restored system")
    if known.get("file"):
        ask(synapse, f"/_matrix/client/v1/media/download/{server_name}/{known['file']}", token)
