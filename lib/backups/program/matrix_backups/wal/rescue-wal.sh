# shellcheck shell=bash disable=SC2154
# WAL that was written but not archived when the old database ended. For restore-database.sh, with recover.sh.
rescued=()

waits() { # FILE NAME: whether it waits to be written, as up to 1 GiB of them do: then its first page says that it is an earlier one
  local page
  page=$(od -An -tx1 -j8 -N8 "$1" | tr -d ' \n')
  # The lowest byte first.
  [[ $page && ${page^^} != "000000${2:22:2}${2:14:2}${2:12:2}${2:10:2}${2:8:2}" ]]
}

rescue() { # NEW FILE…: copies what the new database needs of these
  local file name first new=$1
  shift
  first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$new/backup_label")
  for file in "$@"; do
    name=$(basename "$file" .partial)
    # A shorter one was begun on a full volume and holds nothing.
    if [[ $name =~ ^[0-9A-F]{24}$ && ! ${name:8} < ${first:8} && $(stat -c %s "$file") == 16777216 && ! -e $new/pg_wal/$name ]] &&
      ! waits "$file" "$name" && ! archived "$name"; then
      cp "$file" "$new/pg_wal/$name"
      rescued+=("$name")
    fi
  done
}

# NEW: what lies in its WAL folder goes to the archive as soon as PostgreSQL runs: the new timeline's history, and whole segments.
# Segments from the current one on are half written, or old ones with a new name.
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
