import base64
import hashlib
import json
import time
import unittest
from unittest import mock

import tokens
from call_case import ANNA, member_body, sfu_body
from call_request import DelayedLeave, get_token, sfu_get

BODY = b'{"event":"participant_left"}'
CLAIMS = {"sha256": base64.b64encode(hashlib.sha256(BODY).digest()).decode()}


class TokensTest(unittest.TestCase):
    def test_names_rooms_as_the_contract_says(self) -> None:
        self.assertEqual(
            tokens.hashed("!roomid:example.com", "slot1234"), "O8437W3+jmzMVjoIP3tNwbm+XxHQk2iKpOA7aqw3qSc"
        )
        self.assertEqual(tokens.room_name(sfu_get(sfu_body())), tokens.room_name(get_token(member_body())))

    def test_names_participants_by_endpoint(self) -> None:
        self.assertEqual(tokens.identity(sfu_get(sfu_body()), ANNA, False), f"{ANNA}:ADEVICE")
        self.assertEqual(tokens.identity(sfu_get(sfu_body()), ANNA, True), "ADEVICE")
        hashed = tokens.identity(get_token(member_body()), ANNA, False)
        self.assertEqual(hashed, tokens.hashed(ANNA, "ADEVICE", "m1"))
        self.assertEqual(tokens.identity(get_token(member_body()), ANNA, True), hashed)

    def test_signs_a_token_for_some_time(self) -> None:
        token = tokens.signed({"sub": "x"}, "key", "secret", 120)
        claims = tokens.verified(token, "key", "secret")
        self.assertEqual((claims["sub"], claims["iss"], claims["exp"] - claims["nbf"]), ("x", "key", 120))

    def test_reads_a_webhook(self) -> None:
        said = tokens.webhook_body(tokens.signed(CLAIMS, "key", "secret", 60), BODY, "key", "secret")
        self.assertEqual(said, {"event": "participant_left"})

    def test_refuses_a_webhook_that_livekit_did_not_send(self) -> None:
        def refused(token: str, body: bytes = BODY) -> None:
            with self.assertRaises(tokens.BadToken):
                tokens.webhook_body(token, body, "key", "secret")

        good = tokens.signed(CLAIMS, "key", "secret", 60)
        for token in ("", "a.b", "a.b.c", "ä.b.c", good[:-4] + "AAAA", tokens.signed(CLAIMS, "key", "another", 60)):
            refused(token)
        refused(tokens.signed(CLAIMS, "another", "secret", 60))
        refused(tokens.signed({}, "key", "secret", 60))
        refused(good, b"{}")
        with mock.patch.object(time, "time", return_value=time.time() - 1000):
            old = tokens.signed(CLAIMS, "key", "secret", 60)
        refused(old)
        head, content = tokens.encoded(b'{"alg":"none"}'), good.split(".")[1]
        refused(f"{head}.{content}.")
        text = f"{head}.{content}"
        refused(f"{text}.{tokens.encoded(tokens.signature(text, 'secret'))}")

    def test_seals_delayed_events(self) -> None:
        sealed = tokens.Sealed("secret").seal(DelayedLeave("delay-id", 3600))
        self.assertNotIn("delay-id", sealed)
        self.assertEqual(tokens.Sealed("secret").open(sealed), DelayedLeave("delay-id", 3600))
        self.assertIsNone(tokens.Sealed("rotated").open(sealed))
        self.assertIsNone(tokens.Sealed("secret").open(json.dumps(["delay-id", 1])))
        self.assertAlmostEqual(tokens.Sealed("secret").made(sealed), time.time(), delta=2)
        self.assertEqual((tokens.Sealed("rotated").made(sealed), tokens.Sealed("secret").made(None)), (0, 0))
