"""Sends the server's process a signal, of the name given."""

import glob
import os
import signal
import sys

for path in glob.glob("/proc/[0-9]*/cmdline"):
    words = open(path, "rb").read().split(b"\0")
    if words[1:3] == [b"-m", b"synapse.app.homeserver"]:
        os.kill(int(path.split("/")[2]), signal.Signals[f"SIG{sys.argv[1]}"])
