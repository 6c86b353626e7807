"""`port`: writes the copy into PostgreSQL by Synapse's own program; after a kill it begins anew."""

import re
import subprocess
import time

from matrix_migration import place, source, writers
from matrix_migration.settings import Settings
from matrix_migration.target import EMPTY, MARK, Target

#: A line of the program about a table: `events: 40% (4000/10000)`.
LINE = re.compile(r"^(\w+): \d+% \((\d+)/\d+\)")
EVERY = 5.0


def run(settings: Settings) -> None:
    """Ports, unless that is done."""
    writers.stop_check(settings)
    found = place.require(settings, place.UPDATED)
    if found["step"] in (place.PORTED, place.COMPARED):
        print("port: was done before")
        return
    place.check_unchanged(settings, found)
    target = Target()
    target.check_kind()
    if found["step"] == place.UPDATED and not target.has(MARK):
        target.check_empty(f"Nothing was changed. Run {settings.prefix}matrix-migration-back if a move has made them")
    # What a killed run has left is not trusted. The mark comes before the first table, so that Synapse never starts on
    # a part of them.
    target.run(f"{EMPTY}; CREATE TABLE {MARK} (note text)")
    place.note({**found, "step": place.PORTING})
    opened = source.connect(place.copy())
    total = sum(source.count(opened, table) for table in [*source.tables(opened), *source.ported_searches(opened)])
    opened.close()
    began = time.monotonic()
    # The program that ports would do this too, but rests for a second after each of its sixty updates.
    prepare = ["update_synapse_database", "--database-config", str(source.settings_file()), "--run-background-updates"]
    source.run(prepare, place.folder() / "tables.log")
    port(total)
    place.note({**found, "step": place.PORTED})
    took = time.monotonic() - began
    print(f"port: {total} rows written in {took:.0f} s, {total / took:.0f} a second")


def port(total: int) -> None:
    """Runs the program, and prints how far it is."""
    command = [
        "synapse_port_db",
        "--sqlite-database",
        str(place.copy()),
        "--postgres-config",
        str(source.settings_file()),
    ]
    log = place.folder() / "port.log"
    done: dict[str, int] = {}
    began = said = time.monotonic()
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=output, text=True, close_fds=False) as process,
    ):
        for line in process.stdout or ():
            output.write(line)
            if match := LINE.match(line):
                done[match[1]] = int(match[2])
            if (now := time.monotonic()) - said > EVERY:
                said = now
                print(f"port: {progress(sum(done.values()), total, now - began)}", flush=True)
    if process.returncode:
        raise source.failed(command[0], log)


def progress(rows: int, total: int, seconds: float) -> str:
    """Returns how far the program is, its rate and the time that is left."""
    rate = rows / seconds
    left = f"{max(total - rows, 0) / rate:.0f} s left" if rate else "preparing the tables"
    return f"{rows} of {total} rows, {rate:.0f} a second, {left}"
