"""The paths of the service, under HTTP. https://docs.twisted.org/en/stable/web/"""

import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from twisted.internet import defer
from twisted.web import resource, server

from call_request import Refused, delegate, get_token, sfu_get
from call_service import CallService
from livekit_api import LiveKit
from service_metrics import ServiceMetrics, say
from sweep import Sweep

LARGEST = 65_536
#: Bytes of a body after which the connection is cut without an answer.
HUGE = 1_048_576
#: Paths under which the platform's clients look for the service.
PREFIXES = ("/livekit/jwt", "/api/livekit/token")
HEALTH = ("/health", "/healthz")
WEBHOOK = "/sfu_webhook"
#: Asked by the edge before it connects a participant to LiveKit.
ADMISSION = "/admission"
PATHS = ("/sfu/get", "/get_token", "/delegate_delayed_leave", WEBHOOK, ADMISSION)
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}


class Request(server.Request):  # type: ignore[misc]
    """A request whose body is small. Twisted would store one of any size."""

    too_large = False
    _size = 0

    def gotLength(self, length: int | None) -> None:  # noqa: N802
        """Keeps nothing of a body that is announced as large."""
        self.too_large = (length or 0) > LARGEST
        # In memory.
        super().gotLength(0)
        self._end_if_huge(length or 0)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        """Keeps nothing of a body that becomes large. It is read, because clients read no answer before they end."""
        self._size += len(data)
        self.too_large = self.too_large or self._size > LARGEST
        if not self.too_large:
            super().handleContentChunk(data)
        self._end_if_huge(self._size)

    def _end_if_huge(self, size: int) -> None:
        if size > HUGE:
            self.channel.transport.abortConnection()


class Root(resource.Resource):  # type: ignore[misc]
    """Answers every path."""

    isLeaf = True  # noqa: N815

    def __init__(
        self, service: CallService, sweep: Sweep, livekit: LiveKit, metrics: ServiceMetrics, address_hops: int
    ) -> None:
        super().__init__()
        self._service, self._sweep, self._livekit, self._metrics = service, sweep, livekit, metrics
        self._hops = address_hops
        self._handlers: dict[str, Callable[[bytes], Awaitable[dict[str, Any]]]] = {
            "/sfu/get": lambda body: service.token(sfu_get(body)),
            "/get_token": lambda body: service.token(get_token(body)),
            "/delegate_delayed_leave": lambda body: service.delegate(delegate(body)),
        }

    def render(self, request: Any) -> Any:
        """Answers, later on."""
        ended: list[bool] = []
        request.notifyFinish().addErrback(lambda _: ended.append(True))
        answering = defer.Deferred.fromCoroutine(self._answer(request))
        answering.addCallback(lambda answer: None if ended else finish(request, *answer))
        return server.NOT_DONE_YET

    async def _answer(self, request: Any) -> tuple[int, dict[str, Any]]:
        path, method = own_path(request.path.decode("ascii", "replace")), request.method
        if method == b"OPTIONS" or (path in HEALTH and method in (b"GET", b"HEAD")):
            return 200, {}
        began, label = time.monotonic(), path if path in PATHS else "other"
        try:
            answer = await self._handle(path, request)
            status, result, reason = 200, "granted", ""
        except Refused as problem:
            status, answer, result, reason = problem.status, problem.answer, "refused", problem.reason
            self._metrics.refused(reason)
            # LiveKit does not show what it was answered.
            reason = str(answer["error"]) if label == WEBHOOK else reason
        except Exception as problem:
            # Not its text for the client: it may name what is inside.
            answer = {"errcode": "M_UNKNOWN", "error": "the service cannot answer now"}
            status, result, reason = 500, "failed", f"{type(problem).__name__}: {problem}"
        self._metrics.answered(label, result, time.monotonic() - began)
        # A flood must not fill the log too.
        if status != 429 and (label not in (WEBHOOK, ADMISSION) or result != "granted"):
            say("request", path=label, status=status, reason=reason)
        return status, answer

    async def _handle(self, path: str, request: Any) -> dict[str, Any]:
        if path not in PATHS:
            raise Refused(404, "M_UNRECOGNIZED", "path", "there is nothing at this path")
        method = "GET" if path == ADMISSION else "POST"
        if request.method != method.encode():
            raise Refused(405, "M_UNRECOGNIZED", "path", f"this path takes {method}")
        if request.too_large:
            raise Refused(413, "M_TOO_LARGE", "size", f"the body is larger than {LARGEST} bytes")
        if path == ADMISSION:
            return await self._service.admission(bearer(request))
        if path == WEBHOOK:
            await self._sweep.webhook(self._livekit.webhook(bearer(request), request.content.read()))
            return {}
        self._service.admit(self._address(request))
        return await self._handlers[path](request.content.read())

    def _address(self, request: Any) -> str:
        """The client's address, as the last proxy that is trusted has noted it."""
        noted = ",".join(request.requestHeaders.getRawHeaders("x-forwarded-for") or []).split(",")
        return noted[-self._hops].strip() if len(noted) >= self._hops and noted[0] else request.getClientAddress().host


def own_path(path: str) -> str:
    """Returns a path without the prefix of the platform."""
    return next((path.removeprefix(prefix) for prefix in PREFIXES if path.startswith(prefix + "/")), path)


def bearer(request: Any) -> str:
    """Returns the token of a request."""
    return str(request.getHeader("authorization") or "").removeprefix("Bearer ")


def finish(request: Any, status: int, answer: dict[str, Any]) -> None:
    """Sends an answer."""
    request.setResponseCode(status)
    for name, value in {**CORS, "Content-Type": "application/json", "Cache-Control": "no-store"}.items():
        request.setHeader(name, value)
    request.write(json.dumps(answer).encode())
    request.finish()
