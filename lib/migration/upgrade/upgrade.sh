#!/bin/bash
# Moves the database of another major version of PostgreSQL into a new one, compares them, and only then puts the new one
# in place. The old one is kept. Can be run again at any time.
#
# usage: upgrade.sh upgrade|undo; environment: PGDATA, DATABASE_NAME, DATABASE_USER, OLD_USER (none: as in the official image)
set -euo pipefail
shopt -s nullglob

fail() {
  echo "upgrade: REFUSED: $*" >&2
  exit 1
}

volume=$(dirname "$PGDATA") new=$PGDATA.upgraded run=/run/upgrade here=$(dirname "$0") server='' began=$SECONDS
# While it exists, PostgreSQL does not start: it would make an empty database.
marker=$volume/upgrade-in-progress
trap 'exit 143' TERM INT

mark() { # TEXT
  echo "$1" >"$marker.part"
  mv "$marker.part" "$marker"
  sync
}

put_in_place() { # what an upgrade or an undo has named in the marker; goes on where it was killed
  local incoming outgoing
  read -r incoming outgoing <"$marker"
  # PostgreSQL can write to this volume.
  [[ $incoming/$outgoing =~ ^pgdata\.[a-zA-Z0-9.-]+/pgdata\.[a-zA-Z0-9.-]+$ ]] || fail "$marker is not one that an upgrade has written: remove it"
  if [[ -e $volume/$incoming ]]; then
    [[ ! -e $PGDATA ]] || mv -T "$PGDATA" "$volume/$outgoing"
    mv -T "$volume/$incoming" "$PGDATA"
  fi
  sync
  rm "$marker"
  sync
}

if [[ -e $marker ]]; then
  put_in_place
  echo "upgrade: finished what was interrupted, the database that was prepared is in place"
  exit 0
fi

if [[ $1 == undo ]]; then
  asides=("$PGDATA".postgresql-*)
  ((${#asides[@]} == 1)) || fail "the claim has ${#asides[@]} databases that an upgrade kept, and not one: nothing was changed"
  mark "${asides[0]##*/} pgdata.undone-$(date -u +%Y%m%dT%H%M%SZ)"
  put_in_place
  echo "upgrade: undone, the database of PostgreSQL ${asides[0]##*.postgresql-} is in place again: set its image"
  exit 0
fi

# shellcheck source=lib/migration/upgrade/servers.sh
source "$here/servers.sh"
look
[[ $from != none ]] || fail "the claim has no database: start PostgreSQL, which makes one"
if [[ $from == "$PG_MAJOR" ]]; then
  echo "upgrade: the claim has a database of PostgreSQL $PG_MAJOR already, nothing was changed"
  exit 0
fi
aside=$PGDATA.postgresql-$from
[[ ! -e $aside ]] || fail "${aside##*/} exists already on the claim: check it and move it away, and run this again"

give_up() {
  if [[ $server ]]; then
    kill -QUIT "$server" 2>/dev/null || true
    wait "$server" || true
  fi
  rm -rf "$new"
  echo "upgrade: the database of PostgreSQL $from is as it was" >&2
}
trap give_up EXIT

wait_for_old
check_room
rm -rf "$new"
PGDATA=$new /bin/bash /etc/postgresql/make-database.sh
start_new
echo "upgrade: moving the database $DATABASE_NAME from PostgreSQL $from to $PG_MAJOR"
# As the owner: what the dump makes may run code of its own.
pg_dump --host="$run" --username="$role" --format=custom --compress=0 "$DATABASE_NAME" |
  pg_restore --host=/tmp --username="$DATABASE_USER" --no-owner --no-privileges --exit-on-error --dbname="$DATABASE_NAME" ||
  fail "the database could not be moved, see the lines above"
facts old >/tmp/old || fail "the old database could not be read, see the lines above"
facts new >/tmp/new || fail "the new database could not be read, see the lines above"
diff /tmp/old /tmp/new >/tmp/different ||
  fail "the databases differ. What the old (<) and the new one (>) have: $(head -n 20 /tmp/different)"
new --command='SET client_min_messages = error' --command=ANALYZE
stop_old
finish_new

trap - EXIT
mark "${new##*/} ${aside##*/}"
put_in_place
read -r tables rows < <(awk -F'|' '/^table / {tables++; rows += $2} END {print tables + 0, rows + 0}' /tmp/old)
echo "upgrade: PostgreSQL $from became $PG_MAJOR in $((SECONDS - began)) s: $tables tables with $rows rows are equal value by value," \
  "and $(grep -cv '^table ' /tmp/old || true) sequences, indexes, constraints, functions and extensions are there. The old database is kept as ${aside##*/}"
[[ ! $others ]] || echo "upgrade: NOT moved: the databases $others of the old server"
