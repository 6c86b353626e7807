"""Third step of a restore: puts back the media that are missing or cut short, and lets Synapse know that this was a restore.

Nothing else is touched: newer uploads stay. A file that is damaged in the repository must not keep all messages away.
"""
import contextlib
import json
import os

import repository

MEDIA = "/media/media_store"
TARGET = "/data/media_store"


def work():
    with open("/handover/plan", encoding="utf-8") as file:
        plan = dict(line.strip().split("=", 1) for line in file)
    # The guard in front of Synapse empties the one-time keys then, and asks no questions.
    with open("/data/database-epoch.json", "w", encoding="utf-8") as file:
        json.dump({"explained": plan.get("set", "undo")}, file)
    # Nothing was restored: it was undone.
    if not os.path.exists("/handover/restored"):
        return
    os.makedirs(TARGET, exist_ok=True)
    with repository.in_use():
        code, listed = repository.restic("ls", "--no-lock", plan["data"], MEDIA, allow=(1,))
        if code == 0 and not any(one.get("path", "").startswith(f"{MEDIA}/") for one in listed):
            print("restore: the set holds no media")
            return
        code, answers = repository.restic("restore", "--no-lock", f"{plan['data']}:{MEDIA}", "--target", TARGET, "--overwrite=if-changed", allow=(1,))
        if code:
            # A store that is away is another matter: then this can be run again.
            repository.restic("cat", "config", "--no-lock", seconds=60)
    summary = next((one for one in answers if one.get("message_type") == "summary"), None)
    damaged = sorted({one.get("item", "") for one in answers if one.get("message_type") == "error"})
    if code and not damaged:
        print("restore: WARNING: the media are damaged in the set and not put back; look for them in an earlier one")
    for item in damaged:
        # What was begun of it would be served as if it were whole.
        with contextlib.suppress(OSError):
            os.remove(f"{TARGET}{item}")
        print(f"restore: WARNING: {item} is damaged in the set and is not put back; look for it in an earlier one")
    summary = summary or {}
    print(f"restore: {summary.get('files_restored', 0)} of {summary.get('total_files', '?')} media files put back")


repository.main("restore", work)
