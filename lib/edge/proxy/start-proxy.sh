#!/bin/sh
# Starts the proxy once the hosts given as arguments resolve. It resolves them only at its start: Services keep their addresses.
set -eu

for host in "$@"; do
  until getent hosts "$host" >/dev/null; do
    echo "waiting for the host name $host to resolve"
    sleep 1
  done
done
# HAProxy reads the *.cfg files of a folder in the order of their names.
exec haproxy -db -f "$(dirname "$0")"
