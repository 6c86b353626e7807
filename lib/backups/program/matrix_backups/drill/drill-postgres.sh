#!/bin/bash
# Runs the restored database during a drill, for the Synapse of this pod only, which needs no password.
set -euo pipefail
printf 'host "%s" "%s" 127.0.0.1/32 trust\n' "$DATABASE_NAME" "$DATABASE_USER" >/tmp/pg_hba.conf
exec postgres -D /drill/pgdata.restoring -c config_file=/etc/postgresql/postgresql.conf -c hba_file=/tmp/pg_hba.conf \
  -c listen_addresses=127.0.0.1 -c unix_socket_directories=/tmp -c archive_mode=off -c synchronous_standby_names= -c fsync=off \
  -c event_triggers=off -c shared_preload_libraries= -c session_preload_libraries= -c local_preload_libraries=
