"""Gives tokens for calls to the members of a Matrix room, and removes from calls those who are no longer members.

usage: token_service.py [SETTINGS]; settings.json beside it is
{port, metricsPort, addressHops, homeserverUrl, servers: {name: {openIdUrl, publishes}}, livekitUrl, livekitApiUrl,
livekitKeyName, secretsFolder, identity: "user-and-device" or "device", tokenLifetime: seconds, openIdReuse: seconds}
The folder holds livekit_secret and as_token, which are read each time: a rotation needs no restart.
An independent implementation of the contract of Element's lk-jwt-service; see docs/concepts/call-tokens.md.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from twisted.internet import defer, reactor
from twisted.web.server import Site

import server
from call_service import CallService
from delegation import Delegation
from homeserver import Homeserver
from livekit_api import LiveKit
from service_metrics import ServiceMetrics, say
from sweep import ROUND, SOON, Sweep
from web_client import WebClient

#: Seconds after which a connection without a whole request is closed.
IDLE = 15


def secret(settings: dict[str, Any], name: str) -> Callable[[], str]:
    """Reads a secret when it is needed."""
    file = Path(settings["secretsFolder"]) / name
    return lambda: file.read_text(encoding="utf-8").strip()


async def sweep_for_ever(sweep: Sweep, clock: Any) -> None:
    """Looks again and again who is in the calls."""
    said = ""
    while True:
        began = time.monotonic()
        problem = ""
        try:
            await sweep.round()
        except Exception as reason:
            problem = f"{type(reason).__name__}: {reason}"
        if problem != said:
            say("sweep", reason=problem or "works again")
        said = problem
        took = time.monotonic() - began
        pause: defer.Deferred[None] = defer.Deferred()
        clock.callLater(SOON if sweep.urgent else max(ROUND - took, took, 0.1), pause.callback, None)
        await pause


def site(settings: dict[str, Any], clock: Any) -> tuple[Site, Sweep, ServiceMetrics]:
    """Puts the parts together."""
    metrics = ServiceMetrics([*server.PATHS, "other"])
    web = WebClient(clock)
    homeserver = Homeserver(web, settings["homeserverUrl"], settings["servers"], secret(settings, "as_token"))
    read_secret = secret(settings, "livekit_secret")
    livekit = LiveKit(web, settings["livekitApiUrl"], settings["livekitKeyName"], read_secret)
    delegation = Delegation(homeserver, livekit, metrics)
    sweep = Sweep(homeserver, livekit, delegation, metrics)
    service = CallService(settings, homeserver, livekit, delegation)
    root = server.Root(service, sweep, livekit, metrics, settings["addressHops"])
    made = Site(root, requestFactory=server.Request, timeout=IDLE)
    # Twisted's own log would have the paths of everyone.
    made.noisy, made.log = False, lambda _: None
    return made, sweep, metrics


def main(arguments: list[str]) -> None:
    """Serves until the container is stopped."""
    path = Path(arguments[0]) if arguments else Path(__file__).with_name("settings.json")
    settings = json.loads(path.read_text(encoding="utf-8"))
    made, sweep, metrics = site(settings, reactor)
    metrics.serve(settings["metricsPort"])
    reactor.listenTCP(settings["port"], made)
    defer.ensureDeferred(sweep_for_ever(sweep, reactor))
    say("start", port=settings["port"])
    reactor.run()


if __name__ == "__main__":
    main(sys.argv[1:])
