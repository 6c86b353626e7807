#!/bin/sh
# Runs a command, and sends it SIGTERM when a file in one of the folders changes. What started this script then starts it again
# with the current files and variables: the kubelet, where the command is the first process of a container. It updates mounted
# Secrets within two minutes.
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
  # The kubelet updates the folders one after another.
  sleep "$every"
  echo 'restart-on-change: a Secret has changed, restarting' >&2
  # A server that is still starting may ignore the first signal.
  while kill -TERM $$ 2>/dev/null; do sleep 15; done
}

before=$(sums)
watch &
exec "$@"
