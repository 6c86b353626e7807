"""Lists the sets, and the moments that can be restored."""
import repository
import sets


def work():
    with repository.in_use():
        snapshots = repository.snapshots()
    known = sets.sets_of(snapshots)
    if not known:
        raise repository.Problem(f"there is no set in {repository.where()} yet")
    print(f"sets in {repository.where()}:{sets.described(known)}")
    shipped = [one["time"] for one in snapshots if "wal" in one["tags"]]
    print(f"any moment from {known[0]['finished']} to {(shipped[-1:] or ['?'])[0][:19]}Z can be restored (time=)")
    for one in snapshots:
        if "dump" in one["tags"]:
            print(f"logical copy {one['facts']['id']}, of PostgreSQL {one['facts']['postgres']}")


repository.main("list", work)
