"""`drill removal`, beside a drill that an operator restores for: removes its cluster, however the drill ends.

It holds the lock of drills meanwhile: a second one waits, and does not take the cluster of the first for a leftover.
"""

import signal

from matrix_backups import drill_cluster, locks
from matrix_backups.mounts import HANDOVER
from matrix_backups.settings import Settings


def run(settings: Settings) -> None:
    """Waits for SIGTERM, which comes when the drill has succeeded, failed or is stopped."""
    assert settings.recovery
    with locks.held("metrics/drill", exclusive=True):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        (HANDOVER / "locked").touch()
        signal.sigwait({signal.SIGTERM})
        if drill_cluster.remove(settings.recovery.cluster, drill_cluster.owner()["uid"]):
            print(f"drill: cluster {settings.recovery.cluster} is removed with its claims", flush=True)
