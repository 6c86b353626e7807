"""Whether people have written into PostgreSQL since the move."""

from matrix_migration.target import Target

#: What Synapse and its administrators' accounts need to start does not count.
ADMINISTRATORS = "(SELECT name FROM users WHERE admin = 1)"
#: How far each kind of writing is. What can change in its place is summed up.
QUESTIONS = {
    "messages and other events": "SELECT coalesce(max(stream_ordering), 0) FROM events",
    "accounts": "SELECT count(*) FROM users WHERE admin = 0",
    "passwords": "SELECT coalesce(sum(hashtext(name || password_hash)), 0) FROM users WHERE admin = 0",
    "profiles": "SELECT coalesce(sum(hashtext(one::text)), 0) FROM profiles one"
    f" WHERE full_user_id NOT IN {ADMINISTRATORS}",
    "logins": f"SELECT coalesce(sum(id), 0) FROM access_tokens WHERE user_id NOT IN {ADMINISTRATORS}",
    "files": "SELECT count(*) FROM local_media_repository",
    "read markers": "SELECT coalesce(max(stream_id), 0) FROM receipts_linearized",
    "account data": "SELECT coalesce(max(stream_id), 0) FROM account_data",
    "account data of rooms": "SELECT coalesce(max(stream_id), 0) FROM room_account_data",
    # Each is handed out once, so one that is gone must not come back.
    "one-time keys": "SELECT count(*) FROM e2e_one_time_keys_json",
    "device keys": "SELECT coalesce(max(ts_added_ms), 0) FROM e2e_device_keys_json",
}


def written(target: Target) -> dict[str, int]:
    """Returns how far each kind of writing is."""
    return {what: int(target.one(question)) for what, question in QUESTIONS.items()}
