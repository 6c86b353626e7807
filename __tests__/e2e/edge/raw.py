"""Sends raw bytes and returns the answers: a JSON list of requests on standard input, one of answers on standard output."""

import base64
import json
import select
import socket
import ssl
import sys
import time
from concurrent.futures import ThreadPoolExecutor

BEGIN = time.monotonic()
# An answer is complete once it has begun and no further bytes arrive for this long.
QUIET = 2
NOT_YET = (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError)


def connect(listener):
    plain = socket.create_connection((listener["host"], listener["port"]), timeout=30)
    if "name" not in listener:
        return plain
    context = ssl.create_default_context(cadata=listener["authority"])
    # The tests' CA lacks extensions that Python's strict check requires.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.set_alpn_protocols(["http/1.1"])
    return context.wrap_socket(plain, server_hostname=listener["name"])


def parts(pieces):
    """Yields the bytes to send and the time to wait before each; long bodies are given as a repetition."""
    for piece in pieces:
        wait, once, left = piece["wait"], base64.b64decode(piece["bytes"]), piece["times"]
        at_once = max(1, 65536 // max(1, len(once)))
        while left > 0:
            yield wait, once * min(at_once, left)
            wait, left = 0, left - at_once


def talk(request):
    """Reads while it sends, like a browser that gets an answer in the middle of an upload that is too large."""
    time.sleep(max(0, BEGIN + request["after"] - time.monotonic()))
    begin = heard = time.monotonic()
    answer, ending, sent, rest, due = b"", "silent", 0, None, 0
    to_send, sending = parts(request["pieces"]), True
    try:
        with connect(request["listener"]) as listener:
            listener.setblocking(False)
            while time.monotonic() < max(heard, due) + (QUIET if answer and not sending else request["patience"]):
                if sending and not rest:
                    wait, rest = next(to_send, (0, None))
                    sending, due = rest is not None, time.monotonic() + wait
                may_send = sending and time.monotonic() >= due
                try:
                    part = listener.recv(65536)
                    if not part:
                        ending = "closed"
                        break
                    answer, heard = answer + part, time.monotonic()
                except NOT_YET:
                    # An answer may arrive before the next part, and while no bytes can be sent.
                    select.select([listener], [listener] if may_send else [], [], 0.2)
                if may_send:
                    try:
                        count = listener.send(rest)
                        rest, sent, heard = rest[count:], sent + count, time.monotonic()
                    except NOT_YET:
                        pass
                    except OSError:
                        # The server may have answered before it closed the connection.
                        sending = False
    except OSError as problem:
        ending = "closed"
        answer = answer or str(problem).encode()
    seconds = time.monotonic() - begin
    return {"text": answer.decode("latin1"), "ending": ending, "seconds": seconds, "sent": sent}


requests = json.load(sys.stdin)
with ThreadPoolExecutor(int(sys.argv[1])) as pool:
    json.dump(list(pool.map(talk, requests)), sys.stdout)
