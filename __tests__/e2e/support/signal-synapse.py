"""Sends the process of Synapse in this container a signal, of the name given."""

import glob
import os
import signal
import sys

for path in glob.glob("/proc/[0-9]*/cmdline"):
    words = open(path, "rb").read().split(b"\0")
    if words[1:2] == [b"-m"] and words[2].startswith(b"synapse.app."):
        os.kill(int(path.split("/")[2]), signal.Signals[f"SIG{sys.argv[1]}"])
