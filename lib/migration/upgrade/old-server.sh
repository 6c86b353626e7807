#!/bin/bash
# Serves the old database to upgrade.sh and to nothing else: over a socket in the pod, for reading.
#
# Environment: PGDATA. Files in /run/upgrade: `found` has the version on the claim and that of this image, `failed` the
# reason why no server runs. `stop` asks the server to end, and `stopped` appears when it has ended.
set -euo pipefail
run=/run/upgrade server=''

leave() {
  if [[ $server ]]; then
    kill -INT "$server" 2>/dev/null || true
    wait "$server" || true
  fi
  exit 0
}
# The first process of a container ignores signals that it does not handle. This image stops its containers with INT.
trap leave TERM INT

idle() { # until the pod ends
  sleep infinity &
  wait $!
}

fail() { # upgrade.sh says it, and ends the pod
  echo "$*" | tee "$run/failed.part" >&2
  mv "$run/failed.part" "$run/failed"
  idle
}

rm -f "$run"/*
found=''
[[ ! -r $PGDATA/PG_VERSION ]] || found=$(<"$PGDATA/PG_VERSION")
echo "${found:-none} $PG_MAJOR" >"$run/found.part"
mv "$run/found.part" "$run/found"
if [[ -e $PGDATA ]]; then
  owner=$(stat -c %u "$PGDATA")
  [[ $owner == "$(id -u)" ]] || fail "the old database belongs to user $owner, but oldImage runs as user $(id -u): set oldUid to $owner"
fi
[[ $found == "$PG_MAJOR" ]] || idle
# Held as long as this container lives: two servers would destroy the data.
exec 9>>"$PGDATA/PG_VERSION"
flock -n 9 || fail "another run of the upgrade has the old database open: wait until it has ended, and run this again"
# fsGroup may have widened the mode, which PostgreSQL refuses.
chmod 0700 "$PGDATA"
# Nothing that the old settings name runs, and no WAL is archived.
postgres -D "$PGDATA" -c listen_addresses= -c unix_socket_directories="$run" -c unix_socket_permissions=0777 \
  -c hba_file=/upgrade/old-hba.conf -c ssl=off -c logging_collector=off -c default_transaction_read_only=on \
  -c archive_mode=off -c synchronous_standby_names= -c shared_preload_libraries= -c session_preload_libraries= \
  -c local_preload_libraries= 9>&- &
server=$!
while [[ ! -e $run/stop ]]; do
  kill -0 "$server" 2>/dev/null || fail "PostgreSQL $PG_MAJOR does not run on the old database: the log of container old-server says why"
  sleep 0.2
done
kill -INT "$server"
wait "$server" || fail "PostgreSQL $PG_MAJOR did not shut down cleanly: run this again"
server=''
touch "$run/stopped"
idle
