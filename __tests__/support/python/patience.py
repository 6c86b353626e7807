"""Waiting in tests for what other processes do."""

import time
from collections.abc import Callable


def until(what: Callable[[], bool], seconds: float = 30) -> bool:
    """Waits until something holds. Returns whether it does."""
    end = time.time() + seconds
    while not (holds := what()) and time.time() < end:
        time.sleep(0.05)
    return holds
