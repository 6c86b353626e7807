"""Generates new values for secrets."""

import io
import secrets
from collections.abc import Collection


def password() -> str:
    """Returns a random password of 64 characters."""
    return secrets.token_urlsafe(48)


def signing_key(taken: Collection[str] = ()) -> str:
    """Returns a line for Synapse's signing_key_path, with a version that is not taken."""
    from signedjson.key import generate_signing_key, write_signing_keys

    version = "a_" + secrets.token_hex(2)
    if version in taken:
        return signing_key(taken)
    text = io.StringIO()
    write_signing_keys(text, [generate_signing_key(version)])
    return text.getvalue()
