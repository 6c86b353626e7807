"""Sends requests to Synapse and LiveKit, without waiting for one before the next."""

import json
from collections.abc import Coroutine
from io import BytesIO
from typing import Any

from twisted.internet import defer, task
from twisted.internet.error import ConnectError, DNSLookupError
from twisted.python.failure import Failure
from twisted.web.client import Agent, FileBodyProducer, HTTPConnectionPool, readBody
from twisted.web.http_headers import Headers

#: Seconds after which a request has failed.
PATIENCE = 5
#: The same for a connection: packets to a pod that has just gone are not answered.
CONNECT = 2
#: Seconds after each of which it tries again to connect: in a busy cluster the name server may miss a question.
AGAIN = (0.3, 1.0)


class Unavailable(Exception):
    """Another service does not answer, or answers something else than it should."""


class WebClient:
    """Sends JSON. Redirects are not followed."""

    def __init__(self, reactor: Any, patience: float = PATIENCE) -> None:
        self._reactor, self._patience = reactor, patience
        pool = HTTPConnectionPool(reactor)
        # Shorter than the servers', so that none closes a connection that is about to be used.
        pool.cachedConnectionTimeout = 2
        pool.maxPersistentPerHost = 16
        self._agent = Agent(reactor, connectTimeout=CONNECT, pool=pool)

    async def ask(self, method: str, url: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        """Returns the status and the JSON of the answer."""
        headers = Headers({"User-Agent": ["matrix-call-tokens"], "Content-Type": ["application/json"]})
        if token:
            headers.addRawHeader("Authorization", f"Bearer {token}")
        content = b"" if body is None else json.dumps(body).encode()
        where = url.split("?")[0]
        try:
            status, text = await self._send(method, url, headers, content).addTimeout(self._patience, self._reactor)
        except Exception as problem:
            raise Unavailable(f"{where}: {type(problem).__name__}") from None
        try:
            answer = json.loads(text)
        except ValueError:
            answer = {}
        if status >= 500:
            raise Unavailable(f"{where}: {status}")
        return status, answer if isinstance(answer, dict) else {}

    def _send(self, *request: Any) -> "defer.Deferred[tuple[int, bytes]]":
        async def send() -> tuple[int, bytes]:
            response = await self._connected(*request)
            return response.code, await readBody(response)

        return defer.Deferred.fromCoroutine(send())

    async def _connected(self, *request: Any) -> Any:
        for pause in AGAIN:
            try:
                return await self._request(*request)
            # Nothing was sent.
            except (ConnectError, DNSLookupError):
                await task.deferLater(self._reactor, pause)
        return await self._request(*request)

    def _request(self, method: str, url: str, headers: Headers, content: bytes) -> Any:
        producer = FileBodyProducer(BytesIO(content)) if content else None
        return self._agent.request(method.encode(), url.encode("ascii"), headers, producer)


async def together(*tasks: Coroutine[Any, Any, None], at_once: int = 8) -> list[Failure]:
    """Runs tasks, some at once, and returns what failed. One that fails does not end the others."""
    semaphore, failed = defer.DeferredSemaphore(at_once), []

    async def one(task: Coroutine[Any, Any, None]) -> None:
        await semaphore.acquire()
        try:
            await task
        except Exception:
            failed.append(Failure())
        finally:
            semaphore.release()

    await defer.DeferredList([defer.Deferred.fromCoroutine(one(task)) for task in tasks])
    return failed
