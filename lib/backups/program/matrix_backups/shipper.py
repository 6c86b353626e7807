"""Ships log from the spool to the repository as it comes, and knows how far behind it is.

Environment: INTERVAL (seconds between two looks), ARCHIVE_TIMEOUT (seconds after which PostgreSQL hands over its log).
"""
import collections
import os
import time

import repository
import spool

INTERVAL, ARCHIVE_TIMEOUT = float(os.environ["INTERVAL"]), float(os.environ["ARCHIVE_TIMEOUT"])
DAY = 86400


class Shipper:
    """One thread ships; others ask."""

    def __init__(self):
        self.started = time.time()
        self.shipped = None
        self.problem = None
        #: When something was shipped, and how long the oldest of it had waited.
        self.delays = collections.deque()

    def unshipped_seconds(self):
        waiting = [stamp for path, stamp in spool.files().items() if (self.shipped or {}).get(path) != stamp]
        if not waiting:
            return 0
        # A shipper that has just started does not know yet what the one before has shipped.
        return time.time() - (min(waiting) if self.shipped is not None else max(min(waiting), self.started))

    def recovery_point(self):
        """How old a message may have been, at worst within a day, that was not in the repository."""
        recent = [delay for when, delay in list(self.delays) if when > time.time() - DAY]
        return ARCHIVE_TIMEOUT + max([*recent, self.unshipped_seconds()])

    def ship(self):
        if self.shipped is None:
            repository.ensure()
            with repository.in_use():
                self.shipped = spool.shipped()
        there = spool.files()
        new = {path for path, stamp in there.items() if self.shipped.get(path) != stamp}
        if not new:
            return
        repository.ensure()
        pending = sum(os.stat(path).st_size for path in new if os.path.exists(path))
        with repository.in_use():
            # A try may take as long as what there is to ship needs.
            sent = spool.ship(seconds=120 + pending / 1e6)
        self.delays.append((time.time(), time.time() - min(there[path] for path in new)))
        while self.delays[0][0] < time.time() - DAY:
            self.delays.popleft()
        self.shipped = sent

    def ship_for_ever(self):
        while True:
            try:
                self.ship()
                self.problem = None
            except (repository.Problem, OSError) as problem:
                if str(problem) != self.problem:
                    print(f"agent: {problem}", flush=True)
                self.problem = str(problem)
            time.sleep(INTERVAL)
