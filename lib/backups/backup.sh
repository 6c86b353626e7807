#!/bin/bash
# Makes one backup set: the database first, then media and the signing key, so that every row has its file.
# A set appears under /backup/sets only when it is complete, verified and on disk. Whatever goes wrong ends in a message and exit code 1.
#
# Environment: PGHOST PGPORT PGUSER PGPASSWORD, KEEP (sets), SERVER_NAME, SYNAPSE_IMAGE, POSTGRES_IMAGE.
# Mounts: /backup (sets, wal), /media (Synapse's data, read only), /secrets/signing.key.
set -euo pipefail
shopt -s nullglob
# Readable by the group, to which the step that restores media belongs.
umask 027

fail() {
  echo "backup: $*" >&2
  exit 1
}

# shellcheck source=lib/backups/sets.sh
source "$(dirname "$0")/sets.sh"
mkdir -p "$sets"

exec 9>/backup/lock
flock -n 9 || fail "another backup or a restore is at work; this one is not needed or can be run again later"

# Left over by a backup that was killed.
rm -rf "$sets"/.partial-* "$sets"/.removed-*

# Log needs room too: a volume that is full of sets would in the end stop the database.
newest=$(ids | tail -n 1)
if [[ $newest ]]; then
  need=$(($(value "$newest" databaseBytes) / 820 + 1048576))
  free=$(df -Pk "$sets" | awk 'NR == 2 {print $4}')
  ((free > need)) || fail "the backup volume has $free KiB free, another set needs about $need: enlarge the claim, or keep fewer sets"
fi

id=$(date -u +%Y%m%dT%H%M%SZ)
work=$sets/.partial-$id
mkdir "$work"
# Some seconds earlier: not every `find` tells moments of one second apart.
touch -d "@$(($(date +%s) - 5))" "$work/began"
trap 'rm -rf "$work"' EXIT

echo "backup: $id: the database"
pg_basebackup --pgdata="$work/base" --checkpoint=fast --wal-method=stream --manifest-checksums=SHA256 --no-password ||
  fail "the database could not be copied, see above"
pg_verifybackup --quiet "$work/base" || fail "the copy of the database is damaged, see above"

system=$(control "$work/base" 'Database system identifier')
first_wal=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$work/base/backup_label")
end_lsn=$(sed -n 's/.*"End-LSN": "\([0-9A-F/]*\)".*/\1/p' "$work/base/backup_manifest" | tail -n 1)
[[ $system && $first_wal && $end_lsn ]] || fail "the copy of the database does not say what it is"

# The database has just switched to a new file of log: the one the copy began in must reach the archive.
for ((waited = 0; ; waited++)); do
  [[ -e /backup/wal/$system/$first_wal.gz ]] && break
  ((waited < 120)) || fail "log is not archived: /backup/wal/$system/$first_wal.gz did not come within 120 s, look at the log of PostgreSQL"
  sleep 1
done

echo "backup: $id: media"
bash "$(dirname "$0")/copy-media.sh" /media/media_store "$work/media" "$sets"
install -m 0600 /secrets/signing.key "$work/signing.key"
(cd "$work" && find media signing.key base/backup_manifest -type f -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)

cat >"$work/manifest.json" <<JSON
{
  "format": 1,
  "id": "$id",
  "finished": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "serverName": "$SERVER_NAME",
  "systemIdentifier": "$system",
  "timeline": $(control "$work/base" "Latest checkpoint's TimeLineID"),
  "firstWal": "$first_wal",
  "endLsn": "$end_lsn",
  "images": {"postgres": "$POSTGRES_IMAGE", "synapse": "$SYNAPSE_IMAGE"},
  "databaseBytes": $(($(du -sk "$work/base" | cut -f1) * 1024)),
  "mediaFiles": $(find "$work/media" -type f | wc -l),
  "checksums": "$(sha256sum "$work/SHA256SUMS" | cut -d' ' -f1)"
}
JSON

sync
mv -T "$work" "$sets/$id"
trap - EXIT
sync
echo "backup: $id is complete and verified: $(du -sh "$sets/$id" | cut -f1)"

bash "$(dirname "$0")/clear-up.sh" "$system" "$KEEP"
