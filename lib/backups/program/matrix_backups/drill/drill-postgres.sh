#!/bin/bash
# Runs the restored database during a drill, for this pod only. Its processes need no password.
set -euo pipefail
printf 'host all all 127.0.0.1/32 trust\n' >/tmp/pg_hba.conf
exec postgres -D /drill/pgdata.restoring -c config_file=/etc/postgresql/postgresql.conf -c hba_file=/tmp/pg_hba.conf \
  -c listen_addresses=127.0.0.1 -c unix_socket_directories=/tmp -c archive_mode=off -c synchronous_standby_names= -c fsync=off
