#!/bin/bash
# copy-media.sh MEDIA TARGET SETS: copies the local media into a set. Files that the newest earlier set has already are
# linked and not copied: Synapse never changes a file, it only adds and deletes.
set -euo pipefail
media=$1 target=$2 sets=$3

list() { # FOLDER: the files to keep, sorted
  (cd "$1" && for folder in ./local_content ./local_thumbnails; do [[ ! -d $folder ]] || find "$folder" -type f; done | sort)
}

mkdir -p "$target"
lists=$(mktemp -d)
trap 'rm -rf "$lists"' EXIT

earlier=
for set in "$sets"/[0-9]*; do
  [[ -d $set/media ]] && earlier=$set
done
if [[ $earlier ]]; then
  cp -al "$earlier/media/." "$target/"
fi
if [[ ! -d $media ]]; then
  echo "copy-media: there are no media yet"
  exit 0
fi

list "$media" >"$lists/wanted"
list "$target" >"$lists/linked"
# Deleted since the earlier set.
(cd "$target" && comm -13 "$lists/wanted" "$lists/linked" | tr '\n' '\0' | xargs -0 rm -f)
# New, or written to since the earlier set was begun: an upload may have been half done.
{
  comm -23 "$lists/wanted" "$lists/linked"
  if [[ $earlier ]]; then (cd "$media" && find . -newer "$earlier/began" -type f | sort | comm -12 - "$lists/wanted"); fi
} | sort -u >"$lists/copy"
# A link must not be written through: that would change the earlier set.
(cd "$target" && tr '\n' '\0' <"$lists/copy" | xargs -0 rm -f)
# A file may be deleted while we copy, so that tar's exit code says nothing; what counts is checked below.
tar -C "$media" -cf - -T "$lists/copy" 2>"$lists/errors" | tar -C "$target" -xof - || true

list "$target" >"$lists/have"
missing=0
while IFS= read -r file; do
  if [[ -e $media/$file ]]; then
    echo "copy-media: $file could not be copied" >&2
    missing=1
  fi
done < <(comm -23 "$lists/wanted" "$lists/have")
if ((missing)); then
  cat "$lists/errors" >&2
  exit 1
fi
echo "copy-media: $(wc -l <"$lists/have") files, $(wc -l <"$lists/copy") of them new"
