"""New values of secrets."""

import io
import secrets
from collections.abc import Collection


def password() -> str:
    """A password that cannot be guessed."""
    return secrets.token_urlsafe(48)


def signing_key(taken: Collection[str] = ()) -> str:
    """A line for Synapse's signing_key_path, whose version is none of those taken."""
    from signedjson.key import generate_signing_key, write_signing_keys

    version = "a_" + secrets.token_hex(2)
    if version in taken:
        return signing_key(taken)
    text = io.StringIO()
    write_signing_keys(text, [generate_signing_key(version)])
    return text.getvalue()
