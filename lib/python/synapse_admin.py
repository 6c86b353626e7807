"""A session of the administrator at Synapse's admin API. Whatever goes wrong ends the program with a message."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from synapse_api import NoAnswer, Synapse

ADMIN = "/_synapse/admin"


class Session:
    """Acts as the administrator, whose account another Job makes.

    `settings` has homeserver: URL of the admin API, administrator: local part, patience: seconds to wait for both, and
    secretsFolder, in which admin_password is.
    """

    def __init__(self, program: str, settings: dict[str, Any]) -> None:
        self._program = program
        self._settings = settings
        self._synapse = Synapse(settings["homeserver"], settings["patience"])
        self._token = ""

    def log_in(self) -> None:
        """Waits until the administrator exists."""
        name, end = self._settings["administrator"], time.monotonic() + self._settings["patience"]
        while True:
            password, device = self.secret("admin_password"), f"matrix-{self._program}"
            status, session = self._synapse.log_in(name, password, initial_device_display_name=device)
            if status == 200:
                self._token = session["access_token"]
                return
            if time.monotonic() > end:
                self.fail(f"the administrator {name} cannot log in: {status} {session.get('errcode')}. See accounts")
            print(f"waiting for the administrator {name}", flush=True)
            time.sleep(min(10, self._settings["patience"]))

    def log_out(self) -> None:
        """Ends the session."""
        self._synapse.ask("POST", "/_matrix/client/v3/logout", {}, self._token)

    def secret(self, name: str) -> str:
        """Returns a value from the folder with secrets."""
        return (Path(self._settings["secretsFolder"]) / name).read_text(encoding="utf-8").strip()

    def request(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Sends a request to the admin API and returns (status, answer)."""
        return self._synapse.ask(method, ADMIN + path, body, self._token)

    def ask(self, method: str, path: str, body: Any = None, missing: Any = None) -> Any:
        """Asks the admin API. Any status except 200 ends the program, but 404 where `missing` is the answer to it."""
        status, answer = self.request(method, path, body)
        if status == 404 and missing is not None:
            return missing
        if status != 200:
            self.fail(f"{method} {path}: {status} {answer.get('errcode')} {answer.get('error')}")
        return answer

    def say(self, text: str) -> None:
        """Prints a line at once."""
        print(f"{self._program}: {text}", flush=True)

    def fail(self, text: str) -> NoReturn:
        """Ends the program with a message."""
        raise SystemExit(f"{self._program}: {text}")


@contextlib.contextmanager
def session(program: str, settings: dict[str, Any]) -> Iterator[Session]:
    """Logs in, and logs out at the end."""
    mine = Session(program, settings)
    try:
        mine.log_in()
        try:
            yield mine
        finally:
            mine.log_out()
    except NoAnswer as problem:
        mine.fail(str(problem))
