#!/bin/sh
# Runs a command in its own place, as the first process of the container, and asks it to end when a file in the folders changes. The
# kubelet then starts the container anew, with the files and variables of now. It brings mounted Secrets up to date within two minutes.
#
# usage: restart-on-change.sh FOLDER… -- COMMAND…
set -eu
every=${EVERY:-5}

folders=''
while [ "$1" != -- ]; do
  folders="$folders $1"
  shift
done
shift

sums() { for folder in $folders; do sha256sum "$folder"/* 2>/dev/null || true; done; }

watch() {
  while [ "$(sums)" = "$before" ]; do sleep "$every"; done
  # The folders are brought up to date one after another.
  sleep "$every"
  echo 'restart-on-change: a Secret has changed, and the container starts anew' >&2
  # While it starts, a server may not listen to signals yet.
  while kill -TERM $$ 2>/dev/null; do sleep 15; done
}

before=$(sums)
watch &
exec "$@"
