"""`drill recover`: has the operator restore the newest backup of the database into a cluster of one instance.

It then compares that with the running database, which also says how much would have been lost.
"""

import time

from matrix_backups import drill_cluster, drill_databases
from matrix_backups.drill_fetch import note
from matrix_backups.mounts import HANDOVER
from matrix_backups.settings import Settings


def run(settings: Settings) -> None:
    """Makes the cluster, waits until it serves, and notes for the next steps how they connect to it."""
    begun = time.time()
    recovery = settings.recovery
    assert recovery
    drill_cluster.make()
    drill_cluster.wait(recovery.cluster)
    drill_databases.connect_to(recovery.cluster, recovery.user)
    point = drill_databases.compare(recovery)
    note("recovery-point", str(point))
    parts = (HANDOVER / "parts").read_text(encoding="utf-8")
    note("parts", f"{parts}recovery={int((time.time() - begun) * 1000)}\n")
    print(f"drill: cluster {recovery.cluster} is restored, {point:.0f} s behind the running database", flush=True)
