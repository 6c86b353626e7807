"""Sends requests from many invented addresses, as a controller reports them, while a bystander uses the server.

Reads JSON from standard input: {"requests": […], "atOnce": 8, "bystander": "token of a user, or null"}.
Writes JSON: {"answers": [{"status", "seconds", "body", "headers"}], "worst": seconds, "failures": number}.
"""

import base64
import http.client
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

LISTENERS = {
    "edge": ("matrix-edge", 80),
    "client": ("matrix-synapse", 8008),
    "federation": ("matrix-synapse", 8009),
    "admin": ("matrix-synapse-admin", 8008),
}


def ask(request):
    connection = http.client.HTTPConnection(*LISTENERS[request.get("to", "edge")], timeout=120)
    headers = {"Host": "matrix.attacks.test", "X-Forwarded-Proto": "https", "X-Forwarded-For": request["address"]}
    headers |= {"Authorization": f"Bearer {request['token']}"} if request.get("token") else {}
    body = base64.b64decode(request["body"]) * request.get("times", 1) if "body" in request else None
    began = time.monotonic()
    try:
        connection.request(request["method"], request["path"], body, headers | request.get("headers", {}))
        answer = connection.getresponse()
        text = answer.read()[:600].decode("utf-8", "replace")
        found = {"status": answer.status, "body": text, "headers": {k.lower(): v for k, v in answer.getheaders()}}
    except OSError as problem:
        found = {"status": 0, "body": repr(problem), "headers": {}}
    finally:
        connection.close()
    return found | {"seconds": time.monotonic() - began}


class Bystander(threading.Thread):
    """Syncs again and again, from an address of its own."""

    def __init__(self, token):
        super().__init__(daemon=True)
        self.request = {"method": "GET", "path": "/_matrix/client/v3/sync?timeout=0", "token": token, "address": "192.0.2.77"}
        self.worst, self.failures, self.ended = 0, 0, threading.Event()

    def run(self):
        while not self.ended.wait(0.1):
            answer = ask(self.request)
            self.worst = max(self.worst, answer["seconds"])
            self.failures += answer["status"] != 200


given = json.load(sys.stdin)
bystander = Bystander(given["bystander"])
if given["bystander"]:
    bystander.start()
with ThreadPoolExecutor(given["atOnce"]) as pool:
    answers = list(pool.map(ask, given["requests"]))
bystander.ended.set()
if given["bystander"]:
    bystander.join(120)
json.dump({"answers": answers, "worst": bystander.worst, "failures": bystander.failures}, sys.stdout)
