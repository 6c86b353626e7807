import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from twisted.internet.testing import MemoryReactorClock

import token_service
from call_case import SETTINGS


class TokenServiceTest(unittest.TestCase):
    def test_reads_a_secret_again_each_time(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            read = token_service.secret({"secretsFolder": folder}, "as_token")
            for value in ("first", "second"):
                Path(folder, "as_token").write_text(f"{value}\n", encoding="utf-8")
                self.assertEqual(read(), value)

    def test_puts_the_parts_together(self) -> None:
        settings = {"homeserverUrl": "u", "servers": {}, "secretsFolder": "/s", "livekitApiUrl": "u"}
        with mock.patch.object(token_service, "ServiceMetrics"):
            site, _, _ = token_service.site(
                {**SETTINGS, **settings, "livekitKeyName": "k", "addressHops": 1}, MemoryReactorClock()
            )
        self.assertEqual(site.timeOut, token_service.IDLE)

    def test_sweeps_again_whatever_happens_and_says_what_is_new(self) -> None:
        clock, sweep, said = MemoryReactorClock(), mock.Mock(urgent=False), []
        results: list[Any] = [OSError("away"), OSError("away"), None]
        sweep.round = mock.AsyncMock(
            side_effect=lambda: (_ for _ in ()).throw(results.pop(0)) if results[0] else results.pop(0)
        )

        with mock.patch.object(token_service, "say", lambda event, reason: said.append(reason)):
            token_service.defer.ensureDeferred(token_service.sweep_for_ever(sweep, clock))
            for _ in range(2):
                clock.advance(token_service.ROUND + 0.1)
        self.assertEqual(said, ["OSError: away", "works again"])
        self.assertEqual(sweep.round.call_count, 3)

    def test_sweeps_at_once_what_is_urgent(self) -> None:
        clock, sweep = MemoryReactorClock(), mock.Mock(urgent=True, round=mock.AsyncMock())
        token_service.defer.ensureDeferred(token_service.sweep_for_ever(sweep, clock))
        clock.advance(token_service.SOON)
        sweep.urgent = False
        clock.advance(token_service.SOON)
        clock.advance(token_service.SOON)
        self.assertEqual(sweep.round.call_count, 3)
