#!/bin/sh
# Starts the proxy once the hosts given as arguments resolve. Later it resolves them by itself (15-names.cfg), but without the search
# domains of resolv.conf, so it needs their full names: HOST_matrix_synapse_main=matrix-synapse-main.caritas.svc.cluster.local.
set -eu

search=$(sed -n 's/^search[[:space:]]*//p' /etc/resolv.conf)

# Prints the full name of a host; an address, or a name in /etc/hosts, is one already.
full_name() {
  for domain in $search; do
    if getent hosts "$1.$domain." >/dev/null; then
      echo "$1.$domain"
      return
    fi
  done
  getent hosts "$1" >/dev/null && echo "$1"
}

for host in "$@"; do
  until name=$(full_name "$host"); do
    echo "waiting for the host name $host to resolve"
    sleep 1
  done
  export "HOST_$(echo "$host" | tr -c '[:alnum:]\n' _)=$name"
  # Workers may have no pods yet, so that their names do not resolve. They are beside the main process, which is the first host.
  [ -n "${POD_DOMAIN-}" ] || export "POD_DOMAIN=${name#"$host"}"
done
# HAProxy reads the *.cfg files of a folder in the order of their names.
exec haproxy -db -f "$(dirname "$0")"
