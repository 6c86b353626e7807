#!/bin/bash
# old-one.sh GENERATION: after a restore was killed, the database that was there before must be there whole: in its place, or aside
# where the marker says.
set -euo pipefail
marker=$(dirname "$PGDATA")/restore-in-progress
for folder in "$PGDATA" "$([[ ! -s $marker ]] || cat "$marker")"; do
  if [[ $folder && -e $folder/generation && $(<"$folder/generation") == "$1" ]]; then
    pg_controldata "$folder" | grep -q 'Database cluster state: *shut down$'
    [[ ! -e $marker ]] || echo 'MARKED'
    exit 0
  fi
done
echo "the database of generation $1 is lost; there are:" >&2
ls "$(dirname "$PGDATA")" >&2
exit 1
