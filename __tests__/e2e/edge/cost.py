"""Measures requests through the proxy and directly, in turns: from standard input to standard output, in milliseconds."""

import http.client
import json
import sys
import time

given = json.load(sys.stdin)
listeners = {name: http.client.HTTPConnection(host, port, timeout=60) for name, (host, port) in given["listeners"].items()}
headers = {"Authorization": "Bearer " + given["token"], "X-Forwarded-For": "192.0.2.1", "Content-Type": "application/json"}
took = {name: [] for name in listeners}
for number in range(given["count"]):
    for name, listener in sorted(listeners.items(), reverse=number % 2 == 1):
        path = given["path"].replace("{n}", f"{name}{number}")
        begin = time.perf_counter()
        listener.request(given["method"], path, given["body"], headers)
        answer = listener.getresponse()
        said = answer.read()
        took[name].append((time.perf_counter() - begin) * 1000)
        if answer.status != 200:
            sys.exit(f"{name} {path}: {answer.status} {said[:200]!r}")
json.dump(took, sys.stdout)
