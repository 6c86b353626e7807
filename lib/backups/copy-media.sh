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
linked=$(wc -l <"$lists/linked") wanted=$(wc -l <"$lists/wanted")
if ((wanted * 2 < linked)) && [[ ${ACCEPT_FEWER_MEDIA:-} != yes ]]; then
  echo "copy-media: of $linked files in the last set only $wanted are left. If they are lost, restore them (README). If they were deleted on" \
    "purpose: kubectl set env cronjob/matrix-backup ACCEPT_FEWER_MEDIA=yes" >&2
  exit 1
fi
# A file that has rotted in the earlier set must not be handed on as whole.
: >"$lists/rotten"
if [[ -s $earlier/SHA256SUMS ]]; then
  { (cd "$earlier" && grep ' media/' SHA256SUMS | sha256sum -c 2>/dev/null) || true; } | sed -n 's,^media/\(.*\): FAILED.*$,./\1,p' | sort >"$lists/rotten"
fi
if [[ -s $lists/rotten ]]; then
  echo "copy-media: damaged in set $(basename "$earlier"), and copied again where they still are: $(head -n 5 "$lists/rotten" | tr '\n' ' ')"
fi
# New, or written to since the earlier set was begun: an upload may have been half done.
{
  comm -23 "$lists/wanted" "$lists/linked"
  comm -12 "$lists/wanted" "$lists/rotten"
  if [[ $earlier ]]; then (cd "$media" && find . -newer "$earlier/began" -type f | sort | comm -12 - "$lists/wanted"); fi
} | sort -u >"$lists/copy"
# A link must not be written through: that would change the earlier set.
(cd "$target" && tr '\n' '\0' <"$lists/copy" | xargs -0 rm -f)
while IFS= read -r file; do
  mkdir -p "$target/${file%/*}"
  if ! cp "$media/$file" "$target/$file"; then
    rm -f "$target/$file"
    # Deleted while we copied: then it belongs to no message any more.
    [[ ! -e $media/$file ]]
  fi
done <"$lists/copy"
echo "copy-media: $(list "$target" | wc -l) files, $(wc -l <"$lists/copy") of them new"
