#!/bin/bash
# First step of a dump, for the move to another major version of PostgreSQL. One-time keys are left out: they must not
# be given out twice. Synapse makes no large objects, and the role `backup` could not read any.
#
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE.
set -euo pipefail

fail() {
  echo "dump: $*" >&2
  exit 1
}

# shellcheck source=lib/backups/program/matrix_backups/backup/staging.sh
source "$(dirname "$0")/staging.sh"
stage dump dump
trap '[[ $? == 0 ]] || find /backup/dump -mindepth 1 -delete' EXIT
size=$(psql --no-psqlrc -Atc 'SELECT pg_database_size(current_database())' | number) || fail "the database did not answer, see the lines above: no dump is made"
need=$((size / 1024 + 1048576))
free=$(df -Pk /backup/dump | awk 'NR == 2 {print $4}')
((free > need)) || fail "the backup volume has $free KiB free, but a dump needs up to $need KiB: enlarge the claim, or keep fewer backups"
# Not compressed here: restic compresses, and finds data that has not changed since the last dump.
pg_dump --format=directory --jobs=2 --compress=0 --no-blobs --exclude-table-data=e2e_one_time_keys_json --file=/backup/dump --no-password ||
  fail "pg_dump failed, see the lines above. Earlier dumps are unchanged: run this job again"
printf 'postgres=%s\nbytes=%s\n' "$PG_MAJOR" "$(($(du -sk /backup/dump | cut -f1) * 1024))" >/backup/dump.notes/tags
