"""Second step of a logical copy: stores it."""
import os
import shutil
import time

import metrics
import repository
import spool
from repository import BACKUP


def work():
    facts = f"{BACKUP}/dump.facts"
    if not os.path.exists(facts):
        raise repository.Problem("there is no logical copy to store: run this again")
    with open(facts, encoding="utf-8") as file:
        tags = file.read().split()
    repository.ensure()
    with repository.in_use():
        spool.check_ours(repository.snapshots())
        dump_id = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        _, unread = repository.store([f"{BACKUP}/dump"], ["dump", f"id=dump-{dump_id}", *tags])
    if unread:
        raise repository.Problem(f"{unread[0]} could not be read")
    print(f"dump: logical copy dump-{dump_id} is stored", flush=True)
    metrics.write("dump", {"last_success_timestamp_seconds": time.time()})


def one_at_a_time():
    with repository.held("staging", exclusive=True, wait=False):
        try:
            work()
        finally:
            shutil.rmtree(f"{BACKUP}/dump", ignore_errors=True)


repository.main("dump", one_at_a_time)
