#!/bin/bash
# step.sh SECONDS COMMAND…: one step of a job. After SECONDS (not with -) everything in this container dies at once, as with its node.
# Exit code 99: killed.
after=$1
shift
rm -rf /dev/shm/PostgreSQL.*
if [[ $after == - ]]; then exec timeout 180 "$@"; fi
"$@" &
job=$!
sleep "$after"
# Too late.
kill -0 $job 2>/dev/null || { wait $job; exit; }
others=()
for process in /proc/[0-9]*; do
  [[ $process == /proc/1 || $process == "/proc/$$" ]] || others+=("$process")
done
# All but this shell and the first process.
kill -9 -1
wait
# A lock ends with its last holder.
for process in "${others[@]}"; do
  while [[ -e $process/fd && $(ls "$process/fd" 2>/dev/null) ]]; do sleep 0.02; done
done
exit 99
