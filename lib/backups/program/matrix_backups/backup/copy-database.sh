#!/bin/bash
# First step of a backup: copies the database to the backup claim, verifies the copy, and notes what it is. The next step stores it.
#
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE.
set -euo pipefail

fail() {
  echo "backup: $*" >&2
  exit 1
}

# shellcheck source=lib/backups/program/matrix_backups/backup/staging.sh
source "$(dirname "$0")/staging.sh"
work=/backup/work
stage backup work "$work/tags"

sql() { psql --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --tuples-only --no-align "$@"; }
# WAL needs room too: a volume that is full would in the end stop the database.
size=$(sql --command='SELECT pg_database_size(current_database())') || fail "the database does not answer, see above"
need=$((size / 1024 + 1048576))
free=$(df -Pk /backup | awk 'NR == 2 {print $4}')
((free > need)) || fail "the backup volume has $free KiB free, a copy of the database and some WAL need $need: enlarge the claim, or keep fewer backups"

mkdir -p "$work"
# What is half made must not fill the volume.
trap '[[ $? == 0 ]] || rm -rf "$work"' EXIT
# Counted before the copy is begun: the copy has at least as much.
sql --file="$(dirname "$0")/facts.sql" >"$work/facts.json" || fail "the database does not answer, see above"

# `fast` does not wait for the next regular checkpoint.
pg_basebackup --pgdata="$work/base" --checkpoint=fast --wal-method=stream --manifest-checksums=SHA256 --no-password ||
  fail "the database could not be copied, see above"
finished=$(date -u +%Y-%m-%dT%H:%M:%SZ)
pg_verifybackup --quiet "$work/base" || fail "the copy of the database is damaged, see above"

control() { pg_controldata --pgdata="$work/base" | sed -n "s/^$1: *//p"; }
system=$(control 'Database system identifier')
first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$work/base/backup_label")
end=$(sed -n 's/.*"End-LSN": "\([0-9A-F/]*\)".*/\1/p' "$work/base/backup_manifest" | tail -n 1)
[[ $system && $first && $end ]] || fail "the copy of the database does not say what it is"
{
  echo "finished=$finished"
  echo "system=$system"
  echo "timeline=$(control "Latest checkpoint's TimeLineID")"
  echo "first=$first"
  echo "end=$end"
  echo "bytes=$(($(du -sk "$work/base" | cut -f1) * 1024))"
  echo "postgres=$PG_MAJOR"
} >"$work/tags.part"

# The database has just switched to a new WAL segment: the one the copy began in must reach the archive.
for ((waited = 0; ; waited++)); do
  [[ -e /backup/wal/$system/${first:0:16}/$first.gz ]] && break
  ((waited < 120)) || fail "WAL is not archived: $first did not come to /backup/wal within 120 s; see the PostgreSQL server log"
  sleep 1
done
mv "$work/tags.part" "$work/tags"
echo "backup: the database is copied and verified: $(du -sh "$work/base" | cut -f1)"
