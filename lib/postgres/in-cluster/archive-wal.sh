#!/bin/bash
# PostgreSQL's archive_command: archive-wal.sh PATH NAME archives one WAL segment on the backup volume.
# Exit code 0 means that the archived segment is durable. Each database system has its own folder, because a new system
# uses the same segment names again. Segments are compressed: one is archived every minute, and is often mostly zeros.
# https://www.postgresql.org/docs/17/continuous-archiving.html
set -euo pipefail
path=$1 name=$2

system=$(pg_controldata --pgdata="$PGDATA" | sed -n 's/^Database system identifier: *//p')
archive=/backup/wal/$system
# Folders of at most 256 segments: uploading one then does not list them all.
if [[ $name =~ ^[0-9A-F]{24}$ ]]; then archive=$archive/${name:0:16}; fi
umask 027
mkdir -p "$archive"

if [[ -e $archive/$name.gz ]]; then
  # PostgreSQL archives a segment again when it crashed before it noted the first success.
  gzip -dc "$archive/$name.gz" | cmp -s - "$path" && exit 0
  echo "archive-wal: $archive/$name.gz already exists with different content. It is kept, and $name is not archived." \
    "Check that no other PostgreSQL server archives to this claim, then move the file aside" >&2
  exit 1
fi
gzip -c "$path" >"$archive/.$name.tmp"
sync "$archive/.$name.tmp"
mv "$archive/.$name.tmp" "$archive/$name.gz"
# The folder may be new.
sync "$archive" "${archive%/*}"
