#!/bin/bash
# PostgreSQL's archive_command: archive-wal.sh PATH NAME copies one file of write-ahead log to the backup volume.
# Success means that the copy is durable. Each database system has a folder of its own: after a new beginning, names come again.
# Compressed, because a file is handed over every minute, full or not: 16 MiB of it mostly zeros.
# https://www.postgresql.org/docs/17/continuous-archiving.html
set -euo pipefail
path=$1 name=$2

system=$(pg_controldata --pgdata="$PGDATA" | sed -n 's/^Database system identifier: *//p')
archive=/backup/wal/$system
# Log goes into folders of at most 256 files, so that shipping one does not list them all.
if [[ $name =~ ^[0-9A-F]{24}$ ]]; then archive=$archive/${name:0:16}; fi
umask 027
mkdir -p "$archive"

if [[ -e $archive/$name.gz ]]; then
  # A crash may have come between our success and PostgreSQL's note of it.
  gzip -dc "$archive/$name.gz" | cmp -s - "$path" && exit 0
  echo "archive-wal: $archive/$name.gz is there with other content; it is kept, and $name is not archived" >&2
  exit 1
fi
gzip -c "$path" >"$archive/.$name.tmp"
sync "$archive/.$name.tmp"
mv "$archive/.$name.tmp" "$archive/$name.gz"
# Its folder may be new.
sync "$archive" "${archive%/*}"
