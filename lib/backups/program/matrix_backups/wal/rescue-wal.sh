# shellcheck shell=bash disable=SC2154
# Rescues WAL that was written but not archived when the old database ended. For restore-database.sh, with recover.sh.
rescued=()

waits() { # FILE NAME: succeeds for a recycled segment that is not written yet: its first page names an earlier position
  local page
  page=$(od -An -tx1 -j8 -N8 "$1" | tr -d ' \n')
  # Positions are little-endian.
  [[ $page && ${page^^} != "000000${2:22:2}${2:14:2}${2:12:2}${2:10:2}${2:8:2}" ]]
}

rescue() { # NEW FILE…: copies the segments that the new database needs
  local file name first new=$1
  shift
  first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$new/backup_label")
  for file in "$@"; do
    name=$(basename "$file" .partial)
    # A shorter segment was created on a full volume and holds nothing.
    if [[ -f $file && ! -L $file && $name =~ ^[0-9A-F]{24}$ && ! ${name:8} < ${first:8} && $(stat -c %s "$file") == 16777216 && ! -e $new/pg_wal/$name ]] &&
      ! waits "$file" "$name" && ! archived "$name"; then
      cp "$file" "$new/pg_wal/$name"
      rescued+=("$name")
    fi
  done
}

# NEW: marks files in its WAL folder to be archived when PostgreSQL runs: the history of the new timeline, and
# complete segments. Segments from the current one on are incomplete or recycled.
archive_rescued() {
  local current name new=$1
  current=$(control "$new" "Latest checkpoint's REDO WAL file")
  touch "$new/pg_wal/archive_status/$(printf '%08X' "$(control "$new" "Latest checkpoint's TimeLineID")").history.ready"
  for name in "${rescued[@]}" $(cd "$new/pg_wal" && echo "${current:0:8}"????????????????); do
    if [[ ${name:8} < ${reached} || ($name == "${current:0:8}"* && $name < $current) ]]; then
      touch "$new/pg_wal/archive_status/$name.ready"
    elif [[ $name != "${current:0:8}"* ]]; then
      rm -f "$new/pg_wal/$name"
    fi
  done
}
