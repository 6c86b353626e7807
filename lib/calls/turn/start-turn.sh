#!/bin/sh
# Starts coturn with the shared secret in its database, so that a new one needs no restart and cuts no call. The secret that it
# replaces stays valid for as long as the credentials that clients hold. A new certificate is reloaded too.
#
# usage: start-turn.sh CONFIG; POD_IP, PUBLIC_ADDRESS, REALM and KEEP (seconds) are in the environment.
set -eu
every=${EVERY:-5}
secret=${SECRET_FILE:-/secrets/shared_secret}
tls=${TLS_FOLDER:-/tls}
database=${DATABASE:-/var/tmp/turndb}

# turnadmin opens a log file at each call.
admin() {
  (cd /var/tmp && turnadmin "$@" --realm="$REALM" --userdb="$database" 2>&1) && rm -f /var/tmp/turn_*.log
}
knows() { admin --show-secret | grep -Fq -e "$1[$REALM]"; }
learn() { admin --set-secret="$1" >/dev/null && knows "$1"; }
forget() { admin --delete-secret="$1" >/dev/null; }
sums() { sha256sum "$tls"/* 2>/dev/null || true; }
say() { echo "start-turn: $1" >&2; }

# Takes the secret that is in the file now; the one before it is dropped when $expires has come.
renew() {
  now=$(cat "$secret") || return 0
  if [ -n "$now" ] && [ "$now" != "$current" ]; then
    [ -z "$old" ] || forget "$old"
    learn "$now" || { say 'cannot store the new shared secret, trying again'; return 0; }
    old=$current current=$now expires=$(($(date +%s) + KEEP))
    say 'the shared secret has changed'
  fi
  if [ -n "$old" ] && [ "$(date +%s)" -ge "$expires" ]; then
    forget "$old" && old='' && say 'the previous shared secret is no longer valid'
  fi
}

watch() {
  while sleep "$every" && kill -0 $$ 2>/dev/null; do
    renew
    if [ "$(sums)" != "$certificate" ]; then
      certificate=$(sums)
      kill -USR2 $$ && say 'the certificate has changed'
    fi
  done
}

current=$(cat "$secret") old='' certificate=$(sums)
# coturn would ask for no password that it knows, and refuse every call without a word.
learn "$current" || { say 'the shared secret cannot be stored: use letters, digits, - and _'; exit 1; }
watch &
exec turnserver -c "$1" --realm="$REALM" --listening-ip="$POD_IP" --relay-ip="$POD_IP" --allowed-peer-ip="$POD_IP" \
  --external-ip="$PUBLIC_ADDRESS/$POD_IP"
