"""A client for the Kubernetes API from inside a pod, with only the standard library."""

import base64
import dataclasses
import json
import os
import ssl
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")
#: The values of a Secret by key, in base64.
Data = dict[str, str]


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
    raise SystemExit("the Kubernetes API did not answer: check that a NetworkPolicy allows connections to it")


def _readable(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return {"message": body.decode(errors="replace")}


@dataclasses.dataclass(frozen=True)
class Secret:
    """A Secret in the cluster."""

    name: str
    data: Data
    version: str
    #: Kind of the object that owns the Secret and updates it.
    writer: str | None = None


def get_secret(name: str) -> Secret | None:
    """Returns a Secret, or None if it does not exist."""
    status, answer = call("GET", core("secrets", name))
    if status == 404:
        return None
    _check(name, status, answer)
    meta = answer["metadata"]
    owners = meta.get("ownerReferences") or []
    return Secret(name, answer.get("data") or {}, meta["resourceVersion"], owners[0]["kind"] if owners else None)


def create_secret(name: str, data: Data, **metadata: Any) -> bool:
    """Creates a Secret. Returns False if another client created it first."""
    meta = {"name": name, **{key: value for key, value in metadata.items() if value}}
    body = {"apiVersion": "v1", "kind": "Secret", "type": "Opaque", "metadata": meta, "data": data}
    return _done(name, *call("POST", core("secrets"), body))


def patch_secret(found: Secret, data: Data) -> bool:
    """Adds or replaces values. Returns False if another client has changed the Secret since it was read."""
    # The API answers 409 when the resource version is outdated.
    body = {"metadata": {"resourceVersion": found.version}, "data": data}
    return _done(found.name, *call("PATCH", core("secrets", found.name), body, "application/merge-patch+json"))


def _done(name: str, status: int, answer: Any) -> bool:
    if status == 409:
        return False
    _check(name, status, answer)
    return True


def _check(name: str, status: int, answer: Any) -> None:
    if status >= 300:
        raise Refused(f"Secret {name}: {status} {answer.get('message')}")


def encoded(text: str) -> str:
    """Encodes text as a value of a Secret."""
    return base64.b64encode(text.encode()).decode()


def decoded(value: str) -> str:
    """Decodes a value of a Secret."""
    return base64.b64decode(value).decode()


def visible(folder: Path) -> list[str]:
    """Returns the names of files in a folder, without the hidden ones that Kubernetes adds to a Secret volume."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def values_in(folder: Path) -> Data:
    """Returns the files of a folder as values of a Secret."""
    return {name: base64.b64encode((folder / name).read_bytes()).decode() for name in visible(folder)}
