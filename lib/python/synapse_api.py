"""A client for Synapse's client and admin API, with only the standard library."""

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

REGISTER = "/_synapse/admin/v1/register"


class NoAnswer(Exception):
    """Synapse did not answer in time."""


def quoted(name: str) -> str:
    """Quotes a user, room or event ID for a path."""
    return urllib.parse.quote(name, safe="")


def registration_mac(shared_secret: str, nonce: str, user: str, password: str, admin: bool) -> str:
    """Returns the MAC that proves knowledge of the shared secret.

    https://element-hq.github.io/synapse/latest/admin_api/register_api.html
    """
    text = "\0".join([nonce, user, password, "admin" if admin else "notadmin"])
    return hmac.new(shared_secret.encode(), text.encode(), hashlib.sha1).hexdigest()


class Synapse:
    """A homeserver. Requests are retried for `patience` seconds until it answers."""

    def __init__(self, url: str, patience: float = 0) -> None:
        self._url = url
        self._patience = patience

    def ask(self, method: str, path: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        """Sends a request and returns (status, answer), in bytes if it is not JSON. Retries on 429 and 5xx."""
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, headers, method=method)
        end = time.monotonic() + self._patience
        while True:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return answer.status, _content(answer)
            except urllib.error.HTTPError as problem:
                with problem:
                    if problem.code < 500 and problem.code != 429:
                        content = _content(problem)
                        return problem.code, content if isinstance(content, dict) else {"error": str(content)}
                reason: Exception = problem
            except (OSError, ValueError) as problem:
                reason = problem
            if time.monotonic() >= end:
                raise NoAnswer(f"Synapse did not answer at {self._url}: {reason}")
            print(f"waiting for Synapse: {reason}", flush=True)
            time.sleep(min(5, self._patience))

    def log_in(self, user: str, password: str, **more: str) -> tuple[int, Any]:
        """Logs in with a password and returns (status, answer)."""
        identifier = {"type": "m.id.user", "user": user}
        body = {"type": "m.login.password", "identifier": identifier, "password": password, **more}
        return self.ask("POST", "/_matrix/client/v3/login", body)

    def register(self, shared_secret: str, user: str, password: str, admin: bool = True) -> tuple[int, Any]:
        """Registers an account by the shared secret and returns (status, answer)."""
        status, answer = self.ask("GET", REGISTER)
        if status != 200:
            return status, answer
        nonce = answer["nonce"]
        mac = registration_mac(shared_secret, nonce, user, password, admin)
        account = {"username": user, "password": password, "admin": admin}
        return self.ask("POST", REGISTER, {"nonce": nonce, **account, "mac": mac})


def _content(answer: Any) -> Any:
    content = answer.read()
    return json.loads(content) if answer.headers.get_content_type() == "application/json" else content
