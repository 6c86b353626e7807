"""Uses the homeserver every minute as two people do, by its public addresses, and says how that went.

usage: synthetic_user.py [SETTINGS]; settings.json beside it is
{homeserver: URL, wellKnown?: URL, federation?: URL, relaysCalls, users: [local part, local part], passwordFile,
address?, caFile?, interval: seconds, port}
A step that cannot be tried because an earlier one failed has failed: people could not take it either.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

from conversation import Conversation, Step
from public_client import Failed
from step_metrics import StepMetrics


class SyntheticUser:
    """Takes the steps of a conversation, again and again."""

    def __init__(self, conversation: Conversation, metrics: StepMetrics) -> None:
        self._conversation = conversation
        self._metrics = metrics
        #: What was last said about each step.
        self._said: dict[str, str] = {}
        metrics.expect(list(conversation.steps()))

    def round(self) -> None:
        """Takes every step that is due, once."""
        for name, step in self._conversation.steps().items():
            self._take(name, step)
        self._metrics.round_ended()

    def _take(self, name: str, step: Step) -> None:
        begin = time.monotonic()
        try:
            seconds = step()
        # The last three: an answer of another shape than Matrix's.
        except (Failed, OSError, LookupError, TypeError, AttributeError) as problem:
            self._metrics.failed(name)
            self._say(name, f"failed: {problem if isinstance(problem, Failed) else repr(problem)}")
        else:
            self._metrics.succeeded(name, time.monotonic() - begin if seconds is None else seconds)
            self._say(name, "works")

    def _say(self, name: str, text: str) -> None:
        """Says what is new."""
        if self._said.get(name) != text:
            print(f"synthetic-user: {name} {text}", flush=True)
            self._said[name] = text


def main(arguments: list[str]) -> None:
    """Goes on until the container is stopped."""
    # The first process of a container ignores signals that it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    path = Path(arguments[0]) if arguments else Path(__file__).with_name("settings.json")
    settings = json.loads(path.read_text(encoding="utf-8"))
    metrics = StepMetrics()
    user = SyntheticUser(Conversation(settings), metrics)
    metrics.serve(settings["port"])
    while True:
        begin = time.monotonic()
        user.round()
        # After a round that took longer, the server may need a break too.
        time.sleep(max(5, begin + settings["interval"] - time.monotonic()))


if __name__ == "__main__":
    main(sys.argv[1:])
