"""`back`: undoes the move as long as no user has written into PostgreSQL. The original files are as they were."""

from matrix_migration import place, writers
from matrix_migration.problem import Problem
from matrix_migration.settings import Settings
from matrix_migration.target import EMPTY, MARK, OBJECTS, Target
from matrix_migration.written import written


def run(settings: Settings) -> None:
    """Empties PostgreSQL and removes the copy."""
    writers.stop_check(settings)
    found = place.state()
    target = Target()
    if found["step"] in (place.NOTHING, place.COPIED, place.UPDATED) and not target.has(MARK):
        print("back: PostgreSQL was not written to by a move, and is left as it is")
    else:
        check_unwritten(found, target)
        # From here Synapse must not start on what is left, whenever this is killed.
        target.run(f"CREATE TABLE IF NOT EXISTS {MARK} (note text)")
        if found["step"] != place.NOTHING:
            place.note({**found, "step": place.PORTING})
        target.run(EMPTY)
        # What Synapse noted about this database: it would take the next one for a restored one, and empty its keys.
        (place.DATA / "database-epoch.json").unlink(missing_ok=True)
        print("back: PostgreSQL is empty")
    if place.folder().exists():
        for path in sorted(place.folder().iterdir(), key=lambda one: one.name == "state.json"):
            path.unlink()
        place.folder().rmdir()
    print("back: the original files are as they were; the original may be started, or the move begun again")


def check_unwritten(found: place.State, target: Target) -> None:
    """Fails when people have written since the move: what they wrote is only in PostgreSQL."""
    if found["step"] != place.COMPARED or target.has(MARK) or not target.one(OBJECTS):
        return
    now = written(target)
    if more := [what for what, far in now.items() if far != found["written"][what]]:
        raise Problem(
            f"since the move, people have written {', '.join(more)}, which only PostgreSQL has: going back would "
            "lose that. Go on with the new system; to go back all the same, drop and create the database yourself"
        )
