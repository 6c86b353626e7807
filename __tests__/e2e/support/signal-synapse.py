"""Sends a signal, named by the argument, to the process of Synapse that serves in this container. Fails without one."""

import glob
import os
import signal
import sys

found = []
for path in glob.glob("/proc/[0-9]*/cmdline"):
    words = open(path, "rb").read().split(b"\0")
    if words[1:2] == [b"-m"] and words[2].startswith((b"start_main", b"synapse.app.")):
        found.append(int(path.split("/")[2]))
if not found:
    sys.exit("no process of Synapse is here")
# The next one, which waits beside it, is younger.
os.kill(min(found), signal.Signals[f"SIG{sys.argv[1]}"])
