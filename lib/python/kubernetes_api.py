"""A client for the Kubernetes API from inside a pod, with only the standard library."""

import json
import os
import ssl
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")


class Refused(Exception):
    """The API refused a request."""


def namespace() -> str:
    """Returns the namespace of this pod."""
    return (ACCOUNT / "namespace").read_text(encoding="utf-8").strip()


def core(*names: str) -> str:
    """Returns the path of objects of the core API in this namespace."""
    return "/".join((f"/api/v1/namespaces/{namespace()}", *names))


def address() -> str:
    """Returns the base URL of the API."""
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    return f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"


def trust() -> ssl.SSLContext | None:
    """Returns a TLS context that trusts only the cluster's CA."""
    tls = ssl.create_default_context(cafile=ACCOUNT / "ca.crt")
    # Python 3.13 requires certificate extensions that many clusters' CAs lack.
    tls.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return tls


def call(
    method: str, path: str, body: Any = None, content_type: str = "application/json", attempts: int = 30
) -> tuple[int, Any]:
    """Sends a request and returns (status, answer), also for HTTP errors below 500. Retries while the API is down."""
    token = (ACCOUNT / "token").read_text(encoding="utf-8").strip()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": content_type}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{address()}{path}", data, headers, method=method)
    tls = trust()
    reason: OSError
    for attempt in range(attempts):
        try:
            with urllib.request.urlopen(request, context=tls, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as problem:
            with problem:
                if problem.code < 500:
                    return problem.code, _readable(problem.read())
            reason = problem
        except OSError as problem:
            reason = problem
        print(f"waiting for the Kubernetes API: {reason}", flush=True)
        time.sleep(min(attempt + 1, 5))
    raise SystemExit(
        "the Kubernetes API did not answer: network policies allow its ports 443 and 6443; for another port, "
        "see docs/concepts/network.md#requirements"
    )


def _readable(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return {"message": body.decode(errors="replace")}


def check(what: str, status: int, answer: Any) -> None:
    """Fails when the API refused a request for this object."""
    if status >= 300:
        raise Refused(f"{what}: {status} {answer.get('message')}")
