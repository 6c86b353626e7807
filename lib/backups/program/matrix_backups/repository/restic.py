"""Runs restic. Every failure is one line that names its cause.

Environment: RESTIC_REPOSITORY, RESTIC_PASSWORD_FILE, and credentials of the store. RESTIC is the path of the program.
https://restic.readthedocs.io/en/v0.19.1/075_scripting.html
"""

import contextlib
import json
import os
import re
import subprocess
from collections.abc import Collection, Iterator
from typing import Any

from matrix_backups.problem import Problem

PROGRAM = os.environ.get("RESTIC", "/tools/restic")
#: Exit code for a repository that does not exist.
NO_REPOSITORY = 10
CAUSES = {
    NO_REPOSITORY: "the repository at {where} does not exist",
    11: "the repository is locked by another client",
    12: "the password in the Secret does not open the repository at {where}: put back the one that it was created with",
}
#: A NetworkPolicy drops packets in silence.
BLOCKED = "a network policy may block it: peer and port of the BackupRepository must be those of its pods"
#: The wait differs each time, and would make each message a new one.
RETRY = re.compile("^.* returned error, retrying after [^:]*: ")


def where() -> str:
    """The address of the repository."""
    return os.environ["RESTIC_REPOSITORY"]


def restic(
    *arguments: str, text: str | None = None, allow: Collection[int] = (), seconds: float | None = None
) -> tuple[int, list[Any]]:
    """(exit code, answers), each a line of JSON. Fails when the code is neither 0 nor allowed."""
    return checked(run(*arguments, text=text, seconds=seconds), allow)


def checked(done: subprocess.CompletedProcess[str], allow: Collection[int] = ()) -> tuple[int, list[Any]]:
    """(exit code, answers) of a run. Fails when the code is neither 0 nor allowed."""
    answers = list(_answers_in(done.stdout + done.stderr))
    if done.returncode != 0 and done.returncode not in allow:
        raise Problem(_cause(done, answers), done.returncode)
    return done.returncode, answers


def run(
    *arguments: str, text: str | None = None, seconds: float | None = None, quiet: bool = True
) -> subprocess.CompletedProcess[str]:
    """Runs restic and returns any exit code. Fails when it does not end within that many seconds."""
    command = [PROGRAM, *(["--quiet"] if quiet else []), "--json", *arguments]
    try:
        return subprocess.run(command, input=text, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as problem:
        # restic retries for a quarter of an hour, and prints the reason before each try.
        said = problem.stderr or b""
        tries = [
            line for line in (said if isinstance(said, str) else said.decode(errors="replace")).splitlines() if line
        ]
        why = f": {' '.join(RETRY.sub('', tries[-1]).split())}" if tries else ""
        hint = f" ({BLOCKED})" if "refused" not in why else ""
        raise Problem(f"the repository at {where()} did not answer within {problem.timeout:.0f} s{why}{hint}") from None


def _answers_in(text: str) -> Iterator[Any]:
    for line in text.splitlines():
        if line.startswith(("{", "[")):
            with contextlib.suppress(ValueError):
                yield json.loads(line)


def _cause(done: subprocess.CompletedProcess[str], answers: list[Any]) -> str:
    if known := CAUSES.get(done.returncode):
        return known.format(where=where())
    said = last_words(answers) or [line for line in done.stderr.splitlines() if not line.startswith("{")]
    text = " ".join((said or [f"restic ended with {done.returncode}"])[-1].split())
    return f"the repository at {where()}: {text.removeprefix('Fatal: ')}"


def last_words(answers: list[Any]) -> list[str]:
    """The messages with which restic gave up."""
    return [one["message"] for one in answers if isinstance(one, dict) and one.get("message_type") == "exit_error"]


def summary_of(answers: list[Any]) -> dict[str, Any] | None:
    """The summary that restic printed at its end."""
    return next((one for one in answers if one.get("message_type") == "summary"), None)


def failed_items(answers: list[Any]) -> list[str]:
    """The paths that could not be read, stored or restored."""
    return [one.get("item", "") for one in answers if one.get("message_type") == "error"]
