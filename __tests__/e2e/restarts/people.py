"""People who read, write and wait, each request by a new connection: prints kind, begin, seconds and status of each.

The first line of the input is a JSON object: url, room, and the tokens `token` of one who writes and `waiting` of one who gets nothing.
"""

import itertools
import json
import sys
import threading
import time
import urllib.error
import urllib.request

given = json.loads(sys.stdin.readline())
client = f"{given['url']}/_matrix/client/v3"
run = f"{time.time():.0f}"


def ask(kind: str, method: str, path: str, body: dict | None = None, token: str = given["token"]) -> dict:
    url = given["url"] if path.startswith("/_matrix/") else client
    request = urllib.request.Request(f"{url}{path}", method=method)
    request.add_header("Authorization", f"Bearer {token}")
    request.add_header("Content-Type", "application/json")
    data = None if body is None else json.dumps(body).encode()
    began, status, answer = time.time(), 0, {}
    try:
        with urllib.request.urlopen(request, data, timeout=60) as found:
            status, answer = found.status, json.load(found)
    except urllib.error.HTTPError as error:
        status = error.code
    except OSError as error:
        print(error, file=sys.stderr, flush=True)
    said = {"kind": kind, "began": began, "took": time.time() - began, "status": status, "event": answer.get("event_id")}
    print(json.dumps(said), flush=True)
    return answer


def wait() -> None:
    token = given["waiting"]
    since = ask("first sync", "GET", "/sync?timeout=0", token=token)["next_batch"]
    while True:
        # Shorter than the time between two restarts: each makes it begin anew.
        path = f"/sync?timeout=5000&since={since}"
        since = ask("long poll", "GET", path, token=token).get("next_batch", since)


def each(seconds: float, *what: object) -> None:
    kind, method, path, body = what
    for number in itertools.count():
        # Two messages that are equal to the millisecond would be one.
        asked = (kind, method, path.format(f"{run}-{number}"), body and {**body, "number": number})
        threading.Thread(target=ask, args=asked, daemon=True).start()
        time.sleep(seconds)


room = f"/rooms/{given['room']}"
message = {"msgtype": "m.text", "body": "x"}
# More than the 16 kB that a proxy keeps to ask again.
file = {"bytes": "x" * 50_000}
for work in [
    (each, 0.1, "GET", "GET", "/account/whoami", None),
    # It costs the same in each round; a search would find ever more messages.
    (each, 0.2, "POST", "POST", "/keys/query", {"device_keys": {}}),
    (each, 0.2, "PUT", "PUT", f"{room}/send/m.room.message/{{}}", message),
    (each, 1, "upload", "POST", "/_matrix/media/v3/upload", file),
    *[(wait,)] * 5,
]:
    threading.Thread(target=work[0], args=work[1:], daemon=True).start()
sys.stdin.read()
