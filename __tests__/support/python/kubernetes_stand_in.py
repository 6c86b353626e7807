"""Kubernetes as our programs meet it: Secrets, of which each change makes another version, and what else a test puts there."""

import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import kubernetes_api
import kubernetes_secrets
from stand_in_server import serving


class Kubernetes:
    """A cluster with a namespace `here`."""

    def __init__(self) -> None:
        self.secrets: dict[str, dict[str, Any]] = {}
        #: Other objects, by path.
        self.objects: dict[str, Any] = {}
        self.calls: list[str] = []
        self.bodies: list[Any] = []
        #: Another client is quicker once.
        self.meddle = False
        #: A method that is forbidden.
        self.refuse: str | None = None
        #: Codes that are answered first, whatever is asked.
        self.failures: list[int] = []

    def put(self, secrets: dict[str, dict[str, str]], writer: str | None = None) -> None:
        """Secrets with these texts; `writer` is the kind of what owns them."""
        for name, data in secrets.items():
            owners = {"ownerReferences": [{"kind": writer}]} if writer else {}
            encoded = {key: kubernetes_secrets.encoded(text) for key, text in data.items()}
            self.secrets[name] = {"metadata": {"resourceVersion": "1", **owners}, "data": encoded}

    def data(self, name: str) -> dict[str, str]:
        """The texts of a Secret."""
        return {key: kubernetes_secrets.decoded(value) for key, value in self.secrets[name]["data"].items()}

    def changes(self) -> list[str]:
        """What was asked besides looking."""
        return [call for call in self.calls if not call.startswith("GET")]

    def answer(self, method: str, path: str, body: Any, token: str) -> tuple[int, Any]:
        """What the API says."""
        if token != "a token":
            return 401, {"message": "who are you?"}
        name = path.rsplit("/", 1)[1]
        self.calls.append(f"{method} {name}")
        self.bodies.append(body)
        if self.failures:
            return self.failures.pop(0), {"message": "not now"}
        if method == self.refuse:
            return 403, {"message": "forbidden"}
        if "/secrets" not in path:
            return self._object(method, path, body)
        if method == "POST":
            return self._create(body)
        found = self.secrets.get(name)
        if found is None:
            return 404, {"message": "not found"}
        return self._patch(found, body) if method == "PATCH" else (200, found)

    def _object(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        if method == "POST":
            self.objects[f"{path}/{body['metadata']['name']}"] = body
            return 201, body
        known = self.objects.pop(path, None) if method == "DELETE" else self.objects.get(path)
        return (404, {"message": "not found"}) if known is None else (200, known)

    def _create(self, body: Any) -> tuple[int, Any]:
        made = {"metadata": {"resourceVersion": "1", **body["metadata"]}, "data": body["data"]}
        status = 201
        if self.meddle:
            self.meddle = False
            made["data"] = {next(iter(body["data"])): kubernetes_secrets.encoded("another client")}
            status = 409
        self.secrets[body["metadata"]["name"]] = made
        return status, {"message": "exists"}

    def _patch(self, found: dict[str, Any], body: Any) -> tuple[int, Any]:
        if self.meddle:
            self.meddle = False
            found["metadata"]["resourceVersion"] += "x"
        if body["metadata"]["resourceVersion"] != found["metadata"]["resourceVersion"]:
            return 409, {"message": "conflict"}
        found["data"].update(body["data"])
        labels = {**found["metadata"].get("labels", {}), **body["metadata"].get("labels", {})}
        found["metadata"]["labels"] = {key: value for key, value in labels.items() if value is not None}
        found["metadata"].setdefault("annotations", {}).update(body["metadata"].get("annotations", {}))
        found["metadata"]["resourceVersion"] += "y"
        return 200, found


def begin(case: unittest.TestCase) -> Kubernetes:
    """A cluster for one test, which kubernetes_api speaks to."""
    kubernetes = Kubernetes()
    folder = Path(case.enterContext(tempfile.TemporaryDirectory()))
    (folder / "namespace").write_text("here\n", encoding="utf-8")
    (folder / "token").write_text("a token\n", encoding="utf-8")
    url = case.enterContext(serving(kubernetes.answer))
    for name, value in {"ACCOUNT": folder, "address": lambda: url, "trust": lambda: None}.items():
        case.enterContext(mock.patch.object(kubernetes_api, name, value))
    case.enterContext(mock.patch("kubernetes_api.time.sleep"))
    return kubernetes
