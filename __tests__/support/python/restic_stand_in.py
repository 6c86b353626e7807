#!/usr/bin/env python3
"""Answers for restic by its command, or by that and what comes next; anything else succeeds and prints nothing.

ANSWERS is a file with {command: {code, lines}}: text is printed as it is, all else as JSON. What was asked is noted beside it.
"""

import json
import os
import sys
from pathlib import Path

words = [one for one in sys.argv[1:] if one not in ("--quiet", "--json", "--no-lock")]
path = Path(os.environ["ANSWERS"])
with path.with_name("calls").open("a", encoding="utf-8") as file:
    print(*words, file=file)
answers = json.loads(path.read_text(encoding="utf-8"))
said = answers.get(" ".join(words[:2])) or answers.get(words[0]) or {}
for line in said.get("lines", []):
    print(line if isinstance(line, str) else json.dumps(line))
sys.exit(said.get("code", 0))
