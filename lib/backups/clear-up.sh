#!/bin/bash
# clear-up.sh SETS SYSTEM KEEP: removes the oldest sets of this database system beyond KEEP, and log that no set needs.
# Sets of another system are left alone: after a new beginning they may be all there is.
set -euo pipefail
sets=$1 system=$2 keep=$3

mine=()
for manifest in "$sets"/[0-9]*/manifest.json; do
  if grep -q "\"systemIdentifier\": \"$system\"" "$manifest"; then
    mine+=("$(dirname "$manifest")")
  else
    echo "clear-up: $(dirname "$manifest") belongs to another database system and is kept; remove it by hand when it is not needed"
  fi
done

while ((${#mine[@]} > keep)); do
  # Renamed first: a set that is listed is always whole.
  mv -T "${mine[0]}" "$sets/.removed-$(basename "${mine[0]}")"
  echo "clear-up: removed $(basename "${mine[0]}")"
  mine=("${mine[@]:1}")
done
rm -rf "$sets"/.removed-*

oldest=$(sed -n 's/.*"firstWal": "\([0-9A-F]*\)".*/\1/p' "${mine[0]}/manifest.json")
pg_archivecleanup -x .zst "/backup/wal/$system" "$oldest"
