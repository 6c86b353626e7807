# shellcheck shell=bash
# Lets one job at a time make or restore a backup; see locks.py and staging.py. The scripts that source this define
# `fail`.

hold() { # WHAT: waits for other jobs and takes the lock. It ends with this process, and its file names the holder.
  local waited
  [[ -w /backup ]] || fail "the volume at /backup cannot be written by user $(id -u) and group $(id -g): see docs/how-to/storage.md"
  exec 9>>/backup/staging.lock
  # BusyBox's flock cannot wait for a time.
  for ((waited = 0; ; waited++)); do
    flock -n 9 && break
    ((waited < ${PATIENCE:-10800})) || fail "$(</backup/staging.lock) is still running: wait until it is done, then run this job again"
    sleep 1
  done
  echo "$1 ($HOSTNAME)" >/backup/staging.lock
}

stage() { # WHAT FOLDER READY: as `hold`, and removes files that were left behind. Waits for files that another pod is about to store.
  hold "$1"
  # The next step of that pod starts within minutes, or never. It touches READY while it waits, and removes it when it
  # begins.
  while [[ -e $3 && $(cat "/backup/$2.pod") != "$HOSTNAME" && $(find "$3" -mmin -10) ]]; do
    flock -u 9
    sleep 5
    hold "$1"
  done
  rm -rf "/backup/${2:?}" "$3"
  echo "$HOSTNAME" >"/backup/$2.pod"
}
