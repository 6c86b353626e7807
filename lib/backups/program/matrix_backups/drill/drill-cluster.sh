#!/bin/bash
# Step of a drill after the operator has restored the database: notes what it holds, and looks for damage.
#
# Environment: DATABASE_NAME DATABASE_USER, and how libpq connects.
set -euo pipefail

fail() {
  echo "drill: $*" >&2
  exit 1
}

# These win over what the owner of a database, or a role, has set as a default.
export PGOPTIONS='-c search_path=pg_catalog,pg_temp -c row_security=off -c default_transaction_read_only=off'

sql_as() { # USER OPTION… DATABASE
  local user=$1
  shift
  psql --username="$user" --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --tuples-only --no-align "$@"
}

since=$(date +%s%3N)
folder=$(dirname "$0")
sql_as "$DATABASE_USER" --file="$folder/facts.sql" "$DATABASE_NAME" >/recovered/facts.json
for database in "$DATABASE_NAME" postgres template1; do
  sql_as postgres --file="$folder/objects.sql" "$database"
done >/recovered/objects
sql_as "$DATABASE_USER" --file="$folder/empty-keys.sql" "$DATABASE_NAME"
pg_amcheck --username=postgres --database="$DATABASE_NAME" --install-missing --heapallindexed --jobs=2 ||
  fail "pg_amcheck found damage in the restored database, see the lines above"
echo "amcheck=$(($(date +%s%3N) - since))" >/recovered/parts
echo "drill: the restored database passed pg_amcheck"
