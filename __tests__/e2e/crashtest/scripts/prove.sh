#!/bin/bash
# prove.sh GENERATION [amcheck]: starts what was restored, prints what is in it, and lets it be the database of the next restore.
set -euo pipefail
postgres -D "$PGDATA" -c config_file=/etc/postgresql/postgresql.conf -c listen_addresses= -c unix_socket_directories=/tmp -c archive_mode=off &
trap 'kill -QUIT $! 2>/dev/null' EXIT
sql() { psql --host=/tmp --username=postgres --no-psqlrc --tuples-only --no-align "$@" "$DATABASE_NAME"; }
until sql --command='SELECT 1' >/dev/null 2>&1; do
  kill -0 $! || exit 1
  sleep 0.1
done
# Not by the index: that would not show a row twice.
printf 'FOUND '
PGOPTIONS='-c enable_indexscan=off -c enable_indexonlyscan=off -c enable_bitmapscan=off' sql --command="
  SELECT json_build_object('rows', count(*), 'different', count(DISTINCT n), 'least', min(n), 'most', max(n)) FROM acknowledged"
if [[ ${2:-} == amcheck ]]; then
  pg_amcheck --host=/tmp --username=postgres --database="$DATABASE_NAME" --install-missing --heapallindexed
fi
trap - EXIT
kill -INT $!
wait $!
echo "$1" >"$PGDATA/generation"
# As the last step of a restore does, which speaks with Kubernetes.
rm -f "$(dirname "$PGDATA")/restore-in-progress"
