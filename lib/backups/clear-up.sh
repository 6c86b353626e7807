#!/bin/bash
# clear-up.sh SYSTEM KEEP: removes the oldest sets of this database system beyond KEEP, and log that no set needs.
# Sets of another system are left alone: after a new beginning they may be all there is.
set -euo pipefail
shopt -s nullglob
# shellcheck source=lib/backups/sets.sh
source "$(dirname "$0")/sets.sh"
system=$1 keep=$2

mine=()
for id in $(ids); do
  if [[ $(value "$id" systemIdentifier) == "$system" ]]; then
    mine+=("$id")
  else
    echo "clear-up: $id belongs to another database system and is kept; remove it by hand when it is not needed"
  fi
done

while ((${#mine[@]} > keep)); do
  # Renamed first: a set that is listed is always whole.
  mv -T "$sets/${mine[0]}" "$sets/.removed-${mine[0]}"
  echo "clear-up: removed ${mine[0]}"
  mine=("${mine[@]:1}")
done
rm -rf "$sets"/.removed-*

# After a restore to an earlier time a later set may begin at an earlier place in the log.
oldest=$(for id in "${mine[@]}"; do value "$id" firstWal; done | sort -k1.9 | head -n 1)
pg_archivecleanup -x .gz "/backup/wal/$system" "$oldest"
