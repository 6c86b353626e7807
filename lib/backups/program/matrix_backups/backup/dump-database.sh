#!/bin/bash
# First step of a dump, for the move to another major version of PostgreSQL. One-time keys are left out: they must not
# be given out twice.
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
((free > need)) || fail "the backup volume has $free KiB free, but a dump needs up to $need KiB: enlarge the claim, or keep fewer backups"
# Not compressed here: restic compresses, and finds data that has not changed since the last dump.
pg_dump --format=directory --jobs=2 --compress=0 --exclude-table-data=e2e_one_time_keys_json --file=/backup/dump --no-password ||
  fail "pg_dump failed, see the lines above. Earlier dumps are unchanged: run this job again"
printf 'postgres=%s\nbytes=%s\n' "$PG_MAJOR" "$(($(du -sk /backup/dump | cut -f1) * 1024))" >/backup/dump.facts
