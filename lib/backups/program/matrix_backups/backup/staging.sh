# shellcheck shell=bash
# Lets one job at a time make or restore a backup; see locks.py and staging.py. The scripts that source this define
# `fail`. They mount parts of the backup claim only, because they read what PostgreSQL says.

hold() { # WHAT: waits for other jobs and takes the lock. It ends with this process, and its file names the holder.
  local waited
  { : >>/backup/staging.lock; } 2>/dev/null || fail "the volume at /backup cannot be written by user $(id -u) and group $(id -g): see docs/how-to/storage.md"
  exec 9>>/backup/staging.lock
  # BusyBox's flock cannot wait for a time.
  for ((waited = 0; ; waited++)); do
    flock -n 9 && break
    ((waited < ${PATIENCE:-10800})) || fail "$(</backup/staging.lock) is still running: wait until it is done, then run this job again"
    sleep 1
  done
  echo "$1 ($HOSTNAME)" >/backup/staging.lock
}

# WHAT FOLDER: as `hold`, and removes files that were left behind in /backup/FOLDER, and in the folder with notes
# beside it. Waits for files that another pod is about to store.
stage() {
  local notes=/backup/$2.notes
  hold "$1"
  # The next step of that pod starts within minutes, or never. It touches the tags while it waits, and removes them
  # when it begins.
  while [[ -e $notes/tags && $(cat "$notes/pod") != "$HOSTNAME" && $(find "$notes/tags" -mmin -10) ]]; do
    flock -u 9
    sleep 5
    hold "$1"
  done
  # Both are mounts, which cannot be removed themselves.
  find "/backup/${2:?}" "$notes" -mindepth 1 -delete
  echo "$HOSTNAME" >"$notes/pod"
}

number() { # reads a whole number. bash would run what else a calculation finds in it.
  local found
  read -r found && [[ $found =~ ^[0-9]{1,18}$ ]] && echo "$found"
}
