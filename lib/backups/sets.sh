# shellcheck shell=bash disable=SC2034
# What is known of the sets and of the log, for the scripts beside it.
#
# After a restore the database goes on in a new timeline; the old one ends where the restore branched off. The file `timelines` beside the
# log says since when which one is in use, so that a moment can be found, and so that no set of an abandoned branch is taken.
# https://www.postgresql.org/docs/17/continuous-archiving.html#BACKUP-TIMELINES
sets=/backup/sets

ids() { # the complete sets, oldest first
  local manifest
  for manifest in "$sets"/[0-9]*/manifest.json; do
    [[ ! -s $manifest ]] || basename "$(dirname "$manifest")"
  done
}

value() { # SET KEY: from its manifest
  sed -n "s/^ *\"$2\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}$/\1/p" "$sets/$1/manifest.json"
}

control() { # FOLDER KEY: what a database says of itself
  pg_controldata --pgdata="$1" | sed -n "s/^$2: *//p"
}

lsn() { # 0/3000028: as a number
  echo $((16#${1%/*} << 32 | 16#${1#*/}))
}

timeline_at() { # SYSTEM [TIME]: the timeline that was in use then, or is now
  local found=1 since number
  [[ -e /backup/wal/$1/timelines ]] || { echo 1; return; }
  while read -r since number; do
    # Without a history PostgreSQL never ran in it.
    [[ $number == 1 || -e /backup/wal/$1/$(printf '%08X' "$number").history.gz ]] || continue
    [[ ${2:-} && $since > $2 ]] || found=$number
  done <"/backup/wal/$1/timelines"
  echo "$found"
}

in_use_from_now() { # FOLDER: notes the timeline of a database that is put in place
  local number archive
  number=$(control "$1" "Latest checkpoint's TimeLineID")
  archive=/backup/wal/$(control "$1" 'Database system identifier')
  mkdir -p "$archive"
  echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $number" >>"$archive/timelines"
}

history_of() { # SYSTEM TIMELINE: its ancestors, each with the place where it was left
  local file
  file=/backup/wal/$1/$(printf '%08X' "$2").history.gz
  [[ ! -e $file ]] || gzip -dc "$file"
}

leads_to() { # SET TIMELINE: whether the set lies on that timeline, or on an earlier one before the branch
  local mine end parent branch
  mine=$(value "$1" timeline) end=$(value "$1" endLsn)
  [[ $mine != "$2" ]] || return 0
  while read -r parent branch _; do
    [[ $parent != "$mine" || ! $end ]] || (($(lsn "$end") > $(lsn "$branch"))) || return 0
  done < <(history_of "$(value "$1" systemIdentifier)" "$2")
  return 1
}

list_sets() {
  local id
  for id in $(ids); do
    echo "  $id: system $(value "$id" systemIdentifier), $(value "$id" databaseBytes) bytes of database, $(value "$id" mediaFiles) media files"
  done
}

# From SET, TIME and TIMELINE: chosen (a set), wal (its log), timeline, and known (all sets). Fails when none fits.
choose_set() {
  local id candidate systems why=''
  if [[ ${TIME:-} ]] && ! { [[ $TIME =~ ^[0-9-]{10}T[0-9:]{8}Z$ ]] && date -u -d "$(tr TZ ' ' <<<"$TIME")" >/dev/null 2>&1; }; then
    fail "time '$TIME' is none: write it in UTC, as 2026-01-31T14:05:00Z"
  fi
  [[ ! ${TIMELINE:-} || $TIMELINE =~ ^[1-9][0-9]*$ ]] || fail "timeline '$TIMELINE' is none: write a number, such as 1"
  chosen=''
  mapfile -t known < <(ids)
  # After a new beginning the newest set is of a system that knows nothing of the old one.
  systems=$(for id in "${known[@]}"; do value "$id" systemIdentifier; done | sort -u)
  [[ ${SET:-}${TIME:-} || ! $systems == *$'\n'* ]] || fail "there are sets of several database systems: choose one by set= or time=, of"$'\n'"$(list_sets)"
  for id in "${known[@]}"; do
    [[ ! ${SET:-} || $id == "$SET" ]] || continue
    [[ ! ${TIME:-} || ! $(value "$id" finished) > $TIME ]] || continue
    candidate=${TIMELINE:-$(timeline_at "$(value "$id" systemIdentifier)" "${TIME:-}")}
    if leads_to "$id" "$candidate"; then
      chosen=$id timeline=$candidate
    else
      why="; $id lies on timeline $(value "$id" timeline), which does not lead to timeline $candidate"
    fi
  done
  [[ $chosen ]] || fail "there is no set ${SET:+$SET }${TIME:+that was finished before $TIME }that fits$why; there are: ${known[*]:-none at all}"
  wal=/backup/wal/$(value "$chosen" systemIdentifier)
}
