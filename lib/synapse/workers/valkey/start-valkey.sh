#!/bin/sh
# Starts Valkey with the password in PASSWORD, which its arguments would show to every process. It stores nothing.
set -eu

exec valkey-server - <<EOF
requirepass "$PASSWORD"
protected-mode no
save ""
appendonly no
databases 1
maxmemory 96mb
dir /tmp
EOF
