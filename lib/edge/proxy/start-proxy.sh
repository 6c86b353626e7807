#!/bin/sh
# Starts the proxy once the names of what it leads to are known: it looks them up only then, and Services keep their addresses.
set -eu

for name in "$SYNAPSE" ${DISCOVERY:+"${DISCOVERY%:*}"}; do
  until getent hosts "$name" >/dev/null; do
    echo "waiting for the name $name"
    sleep 1
  done
done
exec haproxy -db -f "$(dirname "$0")/haproxy.cfg"
