# shellcheck shell=bash disable=SC2034,SC2154
# The two servers of an upgrade: the old one in the container beside this, and the new one here. The script that sources
# this defines `fail`, `run`, `new` and `here`.

# The values of rows must read the same on both, whatever a role or a database has set.
export PGOPTIONS='-c search_path=pg_catalog,pg_temp -c row_security=off -c datestyle=ISO -c timezone=UTC -c intervalstyle=postgres -c extra_float_digits=1'
QUIET=(--no-psqlrc --set=ON_ERROR_STOP=1 --quiet --tuples-only --no-align)
role='' others=''

look() { # sets `from` to the version on the claim, which another user than this one may own
  local image
  until [[ -s $run/found ]]; do sleep 0.2; done
  read -r from image <"$run/found"
  [[ ! -r $PGDATA/PG_VERSION ]] || from=$(<"$PGDATA/PG_VERSION")
  [[ $from != none || ! -s $run/failed ]] || fail "$(<"$run/failed")"
  [[ $from == none || $from == "$PG_MAJOR" || $from == "$image" ]] ||
    fail "the claim has a database of PostgreSQL $from, and oldImage is PostgreSQL $image: use an image of PostgreSQL $from"
}

old() { psql --host="$run" --username="$role" "${QUIET[@]}" "$@"; }

new() { psql --host=/tmp --username="$DATABASE_USER" --dbname="$DATABASE_NAME" "${QUIET[@]}" "$@"; }

wait_for_old() { # sets `role` to one that may log in, and `others` to databases that stay behind
  local one said known
  until pg_isready --quiet --host="$run"; do
    [[ ! -s $run/failed ]] || fail "$(<"$run/failed")"
    sleep 0.5
  done
  # The superuser of the official image is the one that POSTGRES_USER names.
  for one in postgres "$DATABASE_USER" "$DATABASE_NAME" ${OLD_USER:-}; do
    role=$one
    ! said=$(old --dbname=template1 --command='SELECT 1' 2>&1) || break
    role=''
  done
  [[ $role ]] || fail "none of postgres, $DATABASE_USER, $DATABASE_NAME and ${OLD_USER:-oldUser} may log in to the old server: set oldUser to its superuser. $said"
  known=$(old --dbname=template1 --command="SELECT string_agg(datname, ', ' ORDER BY datname) FROM pg_database WHERE NOT datistemplate")
  [[ ", $known, " == *", $DATABASE_NAME, "* ]] ||
    fail "the old server has no database $DATABASE_NAME but $known: name it in Postgres.inCluster({ database: … })"
  others=$(old --dbname=template1 --command="SELECT string_agg(datname, ', ' ORDER BY datname) FROM pg_database WHERE NOT datistemplate AND datname NOT IN ('postgres', '$DATABASE_NAME')")
}

check_room() {
  local size free
  size=$(($(old --dbname=template1 --command="SELECT pg_database_size('$DATABASE_NAME')") / 1024 + 512 * 1024))
  free=$(df -Pk "$(dirname "$PGDATA")" | awk 'NR == 2 {print $4}')
  ((free > size)) || fail "the claim has $((free / 1024)) MiB free, and a second database needs $((size / 1024)) MiB: make it larger, see docs/how-to/grow-a-claim.md"
}

start_new() {
  # Without WAL for others, and durable only at its end: until then it is not used.
  postgres -D "$new" -c config_file=/etc/postgresql/postgresql.conf -c listen_addresses= -c unix_socket_directories=/tmp \
    -c hba_file="$here/old-hba.conf" -c archive_mode=off -c synchronous_standby_names= -c wal_level=minimal -c max_wal_senders=0 \
    -c fsync=off -c maintenance_work_mem=256MB -c max_wal_size=4GB -c idle_in_transaction_session_timeout=0 &
  server=$!
  until new --command='SELECT 1' >/dev/null 2>&1; do
    kill -0 "$server" 2>/dev/null || fail "the new, empty database does not start, see the lines above"
    sleep 0.2
  done
}

facts() { # old|new: prints each table with its rows and a checksum of their values, and all else by name
  local database=()
  [[ $1 != old ]] || database=(--dbname="$DATABASE_NAME")
  "$1" "${database[@]}" --file="$here/facts.sql"
}

stop_old() {
  touch "$run/stop"
  until [[ -e $run/stopped ]]; do
    [[ ! -s $run/failed ]] || fail "$(<"$run/failed")"
    sleep 0.2
  done
}

finish_new() { # shuts the server down cleanly, and makes its files durable
  kill -INT "$server"
  wait "$server" || fail "the new PostgreSQL did not shut down cleanly, see the lines above"
  server=''
  initdb --sync-only --pgdata="$new" >/dev/null
}
