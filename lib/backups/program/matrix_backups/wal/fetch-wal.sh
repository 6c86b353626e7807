#!/bin/bash
# PostgreSQL's restore_command: fetch-wal.sh NAME PATH FOLDER… takes a WAL segment from the first folder with an
# undamaged one.
name=$1 path=$2
shift 2
found=''
for folder in "$@"; do
  for file in "$folder/${name:0:16}/$name.gz" "$folder/$name.gz"; do
    [[ -f $file && ! -L $file ]] || continue
    found=$file
    if gzip -dc "$file" >"$path"; then exit 0; fi
    echo "restore: WARNING: $file is damaged" >&2
  done
done
# A missing segment is the end of the WAL. A damaged one stops recovery with an error, by a code above 125.
[[ ! $found ]] || exit 200
exit 1
