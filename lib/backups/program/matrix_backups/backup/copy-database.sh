#!/bin/bash
# First step of a backup: takes a base backup onto the backup claim, verifies it, and notes its facts. The next step
# stores it.
#
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE.
set -euo pipefail

fail() {
  echo "backup: $*" >&2
  exit 1
}

# shellcheck source=lib/backups/program/matrix_backups/backup/staging.sh
source "$(dirname "$0")/staging.sh"
work=/backup/work notes=/backup/work.notes
stage backup work

sql() { psql --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --tuples-only --no-align "$@"; }
# WAL needs room too: a full backup volume stops WAL archiving, and in the end the database.
size=$(sql --command='SELECT pg_database_size(current_database())' | number) || fail "the database did not answer, see the lines above: no backup is made"
need=$((size / 1024 + 1048576))
free=$(df -Pk "$work" | awk 'NR == 2 {print $4}')
((free > need)) || fail "the backup volume has $free KiB free, but a base backup and its WAL need $need KiB: enlarge the claim, or keep fewer backups"

# An incomplete base backup must not fill the volume.
trap '[[ $? == 0 ]] || rm -rf "$work/base"' EXIT
# Counted before the base backup starts, which then holds at least as many rows.
sql --file="$(dirname "$0")/facts.sql" >"$notes/facts.json" || fail "the database did not answer, see the lines above: no backup is made"

# `fast` does not wait for the next regular checkpoint.
pg_basebackup --pgdata="$work/base" --checkpoint=fast --wal-method=stream --manifest-checksums=SHA256 --no-password ||
  fail "the base backup failed, see the lines above. Earlier backups are unchanged: run this job again"
finished=$(date -u +%Y-%m-%dT%H:%M:%SZ)
pg_verifybackup --quiet "$work/base" || fail "the base backup is damaged, see the lines above. Earlier backups are unchanged: run this job again"

control() { pg_controldata --pgdata="$work/base" | sed -n "s/^$1: *//p"; }
system=$(control 'Database system identifier')
first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$work/base/backup_label")
end=$(sed -n 's/.*"End-LSN": "\([0-9A-F/]*\)".*/\1/p' "$work/base/backup_manifest" | tail -n 1)
[[ $system && $first && $end ]] || fail "the base backup does not name its system, start or end: run this job again"
{
  echo "finished=$finished"
  echo "system=$system"
  echo "timeline=$(control "Latest checkpoint's TimeLineID")"
  echo "first=$first"
  echo "end=$end"
  echo "bytes=$(($(du -sk "$work/base" | cut -f1) * 1024))"
  echo "postgres=$PG_MAJOR"
} >"$notes/tags.part"

# The database has just switched to a new WAL segment: the one that the base backup began in must reach the archive.
for ((waited = 0; ; waited++)); do
  [[ -e /backup/wal/$system/${first:0:16}/$first.gz ]] && break
  ((waited < 120)) || fail "WAL segment $first was not archived to /backup/wal within 120 s, so no backup is made: see the PostgreSQL server log"
  sleep 1
done
mv "$notes/tags.part" "$notes/tags"
echo "backup: the base backup is verified: $(du -sh "$work/base" | cut -f1)"
