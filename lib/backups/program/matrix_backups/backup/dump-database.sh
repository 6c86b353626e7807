#!/bin/bash
# First step of a dump, for the move to another major version of PostgreSQL: without one-time keys, which must not come back.
#
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE.
set -euo pipefail

fail() {
  echo "dump: $*" >&2
  exit 1
}

# shellcheck source=lib/backups/program/matrix_backups/backup/staging.sh
source "$(dirname "$0")/staging.sh"
stage dump dump /backup/dump.facts
trap '[[ $? == 0 ]] || rm -rf /backup/dump /backup/dump.facts' EXIT
need=$(($(psql --no-psqlrc -Atc 'SELECT pg_database_size(current_database())') / 1024 + 1048576))
free=$(df -Pk /backup | awk 'NR == 2 {print $4}')
((free > need)) || fail "the backup volume has $free KiB free, a dump of the database needs up to $need: enlarge the claim, or keep fewer backups"
# Compressed by restic, which then finds what has not changed since the last one.
pg_dump --format=directory --jobs=2 --compress=0 --exclude-table-data=e2e_one_time_keys_json --file=/backup/dump --no-password ||
  fail "the database could not be dumped, see above"
printf 'postgres=%s\nbytes=%s\n' "$PG_MAJOR" "$(($(du -sk /backup/dump | cut -f1) * 1024))" >/backup/dump.facts
