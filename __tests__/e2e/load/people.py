"""People who write to one another: prints kind, begin, end and seconds of each request, and of each delivery, as a line of JSON.

The first line of the input is a JSON object: `url`, `people` (each with `token`, `rooms` and `password`), and what they do for so many `seconds`:
`senders` send messages, `rate` a second all together or, with 0, as fast as they are answered; all wait in long polls of `patience` milliseconds unless they are `deaf`;
`singers` log in again and again, and `newcomers` sync as after a login. A line `begun` says that all who wait have made their first sync.
"""

import http.client
import json
import random
import string
import sys
import threading
import time
import urllib.parse

given = json.loads(sys.stdin.readline())
place = urllib.parse.urlsplit(given["url"])
client = "/_matrix/client/v3"
ended = threading.Event()
synced = threading.Semaphore(0)
out = threading.Lock()
# As long as what Megolm makes of a short message.
ciphertext = "".join(random.choices(string.ascii_letters + string.digits, k=600))
Answer = dict  # type: ignore[type-arg]


def say(kind: str, began: float, size: int = 0) -> None:
    now = time.time()
    with out:
        print(json.dumps({"kind": kind, "ended": now, "took": now - began, "size": size}), flush=True)


class Client:
    """One connection that stays open, as a browser's or an app's does."""

    def __init__(self, person: Answer) -> None:
        self.headers = {"Authorization": f"Bearer {person['token']}", "Content-Type": "application/json"}
        self.connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=90)

    def ask(self, method: str, path: str, body: object = None) -> tuple[Answer, int]:
        self.connection.request(method, path, None if body is None else json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {text.decode(errors='replace')[:300]}")
        return json.loads(text), len(text)


def send(person: Answer, number: int, every: float) -> None:
    asked = Client(person)
    due = time.time() + every * random.random()
    for count in range(10**9):
        if ended.wait(max(0.0, due - time.time())):
            return
        began = time.time()
        room = urllib.parse.quote(person["rooms"][count % len(person["rooms"])])
        content = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": ciphertext, "sent": began}
        asked.ask("PUT", f"{client}/rooms/{room}/send/m.room.encrypted/{began}-{number}-{count}", content)
        say("send", began)
        due += every


def listen(person: Answer, user: str) -> None:
    asked = Client(person)
    since = asked.ask("GET", f"{client}/sync?timeout=0")[0]["next_batch"]
    synced.release()
    while not ended.is_set():
        began = time.time()
        answer, size = asked.ask("GET", f"{client}/sync?timeout={given['patience']}&since={since}")
        since = answer["next_batch"]
        say("sync", began, size)
        for room in answer.get("rooms", {}).get("join", {}).values():
            for event in room["timeline"]["events"]:
                if "sent" in event["content"] and event["sender"] != user:
                    say("delivery", event["content"]["sent"])


def log_in(person: Answer) -> None:
    asked = Client(person)
    while not ended.wait(1):  # Faster would be refused.
        began = time.time()
        asked.ask("POST", f"{client}/login", {"type": "m.login.password", "user": person["user"], "password": person["password"]})
        say("login", began)


def come(person: Answer) -> None:
    asked = Client(person)
    count = 0
    while not ended.is_set():
        began = time.time()
        count += 1
        # An answer to an equal request would come from a cache.
        matching = urllib.parse.quote('{"room": {"timeline": {"limit": 20}' + " " * count + "}}")
        _, size = asked.ask("GET", f"{client}/sync?timeout=0&filter={matching}")
        say("first sync", began, size)


def work() -> list[tuple]:  # type: ignore[type-arg]
    people, senders = given["people"], given["senders"]
    every = senders / given["rate"] if given["rate"] else 0.0
    return [
        *[(send, person, number, every) for number, person in enumerate(people[:senders])],
        *[(come, person) for person in people[: given["newcomers"]]],
        *[(log_in, person) for person in people[: given["singers"]]],
    ]


def run(function, *arguments) -> None:  # type: ignore[no-untyped-def]
    try:
        function(*arguments)
    except Exception as problem:  # One failure spoils the figures.
        if not ended.is_set():
            with out:
                print(json.dumps({"problem": str(problem)}), flush=True)


def start(function, *arguments) -> None:  # type: ignore[no-untyped-def]
    threading.Thread(target=run, args=(function, *arguments), daemon=True).start()


# The first sync of people in hundreds of rooms takes many seconds and must not count as measured work.
for person in [] if given["deaf"] else given["people"]:
    start(listen, person, person["user"])
    if not synced.acquire(timeout=60):
        sys.exit(f"{person['user']} had no first sync within a minute")
say("begun", time.time())
for function, *arguments in work():
    start(function, *arguments)
ended.wait(given["seconds"])
ended.set()
