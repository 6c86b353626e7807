"""What bounds how often something may be done, in the memory of one replica."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable

from call_request import Refused

#: Keys that are remembered; the oldest are forgotten first.
REMEMBERED = 50_000
#: Seconds for which Synapse accepts an OpenID token.
OPENID_LIFETIME = 3600.0


class Limit:
    """So many at once, and so many a second later on, for each key."""

    def __init__(self, name: str, burst: float, per_second: float, clock: Callable[[], float]) -> None:
        self._name, self._burst, self._rate, self._clock = name, burst, per_second, clock
        #: By key, what was left at which time.
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Counts one. Refuses it when it is too many, and it does not count then."""
        now = self._clock()
        left, since = self._left.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        if not allowed:
            wait = (1 - left) / self._rate
            raise Refused(429, "M_LIMIT_EXCEEDED", f"limit_{self._name}", "too many requests", wait)


class FirstUses:
    """Bounds the time for which an OpenID token can be used again, from its first use on.

    Synapse accepts one for an hour, any number of times, and cannot revoke it.
    """

    def __init__(self, reuse: float, clock: Callable[[], float]) -> None:
        self._reuse, self._clock = reuse, clock
        self._uses: OrderedDict[str, float] = OrderedDict()

    def check(self, token: str) -> None:
        """Refuses a token that was used too long ago."""
        used = self._uses.get(digest(token))
        if used is not None and self._clock() - used > self._reuse:
            raise Refused(401, "M_UNAUTHORIZED", "replay", "the OpenID token was used before: request another one")

    def note(self, token: str) -> None:
        """Notes the use of a valid token."""
        now = self._clock()
        while self._uses and (len(self._uses) > REMEMBERED or now - next(iter(self._uses.values())) > OPENID_LIFETIME):
            self._uses.popitem(last=False)
        self._uses.setdefault(digest(token), now)


def digest(token: str) -> str:
    """Names a token in memory without keeping it."""
    return hashlib.sha256(token.encode()).hexdigest()
