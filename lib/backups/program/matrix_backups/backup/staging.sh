# shellcheck shell=bash
# One at a time: what makes or restores a backup; see locks.py and staging.py. For the scripts beside it, which define `fail`.

hold() { # WHAT: waits until nothing else is at work. The lock ends with this process; its file names the holder.
  local waited
  exec 9>>/backup/staging.lock
  # BusyBox's flock cannot wait for a time.
  for ((waited = 0; ; waited++)); do
    flock -n 9 && break
    ((waited < ${PATIENCE:-10800})) || fail "$(</backup/staging.lock) is at work: wait until it is done, then run this again"
    sleep 1
  done
  echo "$1 ($HOSTNAME)" >/backup/staging.lock
}

stage() { # WHAT FOLDER READY: as `hold`, and removes what was left behind. A copy that another pod is about to store is waited for.
  hold "$1"
  # The next step of that pod follows within minutes, or never: it keeps READY new while it waits, and removes it when it begins.
  while [[ -e $3 && $(cat "/backup/$2.pod") != "$HOSTNAME" && $(find "$3" -mmin -10) ]]; do
    flock -u 9
    sleep 5
    hold "$1"
  done
  rm -rf "/backup/${2:?}" "$3"
  echo "$HOSTNAME" >"/backup/$2.pod"
}
