#!/bin/sh
# Starts the proxy once the hosts given as arguments have addresses: it resolves them only then, and Services keep their addresses.
set -eu

for host in "$@"; do
  until getent hosts "$host" >/dev/null; do
    echo "waiting for the name $host"
    sleep 1
  done
done
# Of a folder haproxy reads *.cfg in the order of their names.
exec haproxy -db -f "$(dirname "$0")"
