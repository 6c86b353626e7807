"""LiveKit's tokens and names: JSON Web Tokens signed with HS256, rooms and identities as hashes."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from call_request import CallRequest, DelayedLeave, Refused

#: Seconds by which the clocks of two nodes may differ.
SKEW = 60


class BadToken(Refused):
    """A token is not valid."""

    def __init__(self, problem: str) -> None:
        super().__init__(401, "M_UNAUTHORIZED", "token", problem)


def encoded(data: bytes) -> str:
    """Encodes bytes as tokens have them."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Decodes a part of a token."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def compact(value: Any) -> bytes:
    """Writes JSON without spaces."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def signed(claims: dict[str, Any], key: str, secret: str, lifetime: float) -> str:
    """Makes a token. https://docs.livekit.io/home/get-started/authentication/"""
    now = int(time.time())
    head = {"alg": "HS256", "typ": "JWT"}
    content = {**claims, "iss": key, "nbf": now, "exp": now + int(lifetime)}
    text = f"{encoded(compact(head))}.{encoded(compact(content))}"
    return f"{text}.{encoded(signature(text, secret))}"


def signature(text: str, secret: str) -> bytes:
    """Signs a token."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()


def verified(token: str, key: str, secret: str) -> dict[str, Any]:
    """Returns the claims of a token."""
    try:
        text, _, mark = token.rpartition(".")
        if not hmac.compare_digest(decoded(mark), signature(text, secret)):
            raise BadToken("the signature is wrong")
        head, content = (json.loads(decoded(part)) for part in text.split("."))
        now = time.time()
        if head["alg"] != "HS256" or content["iss"] != key:
            raise BadToken("it was not made with this key")
        if not content.get("nbf", now) - SKEW <= now <= content["exp"] + SKEW:
            raise BadToken("it is not valid now")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadToken("it is not a token") from None
    if not isinstance(content, dict):
        raise BadToken("it has no claims")
    return content


def webhook_body(token: str, body: bytes, key: str, secret: str) -> Any:
    """Returns what LiveKit says. https://docs.livekit.io/home/server/webhooks/"""
    said = verified(token, key, secret).get("sha256")
    own = base64.b64encode(hashlib.sha256(body).digest())
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), own):
        raise BadToken("it is for another body")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadToken("the body is not JSON") from None


def hashed(*parts: str) -> str:
    """Names a room or a participant by what it consists of."""
    return base64.b64encode(hashlib.sha256(compact(parts)).digest()).rstrip(b"=").decode()


def room_name(request: CallRequest) -> str:
    """Names the room in LiveKit."""
    return hashed(request.room_id, request.slot_id)


def identity(request: CallRequest, user: str, device_only: bool) -> str:
    """Names the participant in LiveKit, as the clients of the endpoint expect it."""
    if request.member_id is not None:
        return hashed(user, request.device_id, request.member_id)
    return request.device_id if device_only else f"{user}:{request.device_id}"


class Sealed:
    """Delayed events as only this service can read them: participants see one another's attributes."""

    def __init__(self, secret: str) -> None:
        self._box = Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"delayed leave\0" + secret.encode()).digest()))

    def seal(self, leave: DelayedLeave) -> str:
        """Encrypts one."""
        return self._box.encrypt(compact([leave.delay_id, leave.timeout])).decode()

    def open(self, text: str) -> DelayedLeave | None:
        """Decrypts one; None after the secret was rotated."""
        try:
            delay_id, timeout = json.loads(self._box.decrypt(text.encode()))
        except InvalidToken:
            return None
        return DelayedLeave(delay_id, timeout)

    def made(self, text: str | None) -> int:
        """Returns the time of encryption in seconds, or 0 if the text is missing or sealed with another secret."""
        try:
            return self._box.extract_timestamp(text.encode()) if text else 0
        except InvalidToken:
            return 0
