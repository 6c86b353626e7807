#!/bin/bash
# Puts back the media of the set that are missing or cut short. Nothing else is touched: newer uploads stay.
# Mounts: /backup, /data (Synapse's data), /handover/set.
set -euo pipefail
umask 022
# Nothing was restored: it was undone.
[[ -e /handover/set ]] || exit 0
source=/backup/sets/$(</handover/set)/media
target=/data/media_store
mkdir -p "$target"
lists=$(mktemp -d)

list() { # FOLDER: size and name of the files, sorted
  (cd "$1" && for folder in ./local_content ./local_thumbnails; do
    [[ ! -d $folder ]] || find "$folder" -type f -exec stat -c '%s %n' {} +
  done | sort)
}

list "$source" >"$lists/set"
list "$target" >"$lists/there"
comm -23 "$lists/set" "$lists/there" | cut -d' ' -f2- | { grep -vxFf /handover/damaged-media || true; } >"$lists/missing"
while IFS= read -r file; do
  # As Synapse makes them; in the set they are for fewer eyes.
  install -D -m 0644 "$source/$file" "$target/$file"
done <"$lists/missing"
sync
while IFS= read -r file; do
  echo "restore: WARNING: $file is damaged in the set and is not put back; look for it in an earlier one"
done </handover/damaged-media
echo "restore: $(wc -l <"$lists/missing") of $(wc -l <"$lists/set") media files put back"
