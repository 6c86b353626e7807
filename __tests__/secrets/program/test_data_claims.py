import contextlib
import datetime
import io
import unittest
from unittest import mock

import data_claims
import kubernetes_api
import kubernetes_stand_in
from data_claims import Claim


class DataClaims(unittest.TestCase):
    def setUp(self) -> None:
        self.kubernetes = kubernetes_stand_in.begin(self)
        self.said = self.enterContext(contextlib.redirect_stdout(io.StringIO()))

    def claim(self, name: str, mark: str | None, **age: int) -> None:
        made = datetime.datetime.now(datetime.UTC) - datetime.timedelta(**age)
        metadata = {"name": name, "creationTimestamp": f"{made:%Y-%m-%dT%H:%M:%SZ}"}
        if mark is not None:
            metadata["annotations"] = {data_claims.MARK: mark}  # type: ignore[assignment]
        self.kubernetes.objects[f"/api/v1/namespaces/here/persistentvolumeclaims/{name}"] = {"metadata": metadata}

    def test_are_found_with_their_marks(self) -> None:
        self.claim("marked", "one,two", days=2)
        self.claim("new", None, hours=23)
        self.claim("old", "", hours=25)
        expected = [
            Claim("marked", frozenset({"one", "two"}), False),
            Claim("new", frozenset(), False),
            Claim("old", frozenset(), True),
        ]
        self.assertEqual(data_claims.found(["marked", "lost", "new", "old"]), expected)

    def test_are_marked_and_keep_earlier_marks(self) -> None:
        self.claim("new", None)
        self.claim("media", "earlier")
        self.claim("done", "one,two")
        data_claims.mark(["new", "media", "done"], ["two", "one"])
        marks = [body["metadata"]["annotations"][data_claims.MARK] for body in self.kubernetes.bodies if body]
        self.assertEqual(marks, ["one,two", "earlier,one,two"])
        self.assertIn("claim new is marked with one,two", self.said.getvalue())

    def test_that_do_not_appear_are_reported(self) -> None:
        with mock.patch.object(data_claims, "PATIENCE", 0):
            data_claims.mark(["database"], ["one"])
        self.assertIn("WARNING: claim database does not exist", self.said.getvalue())

    def test_are_named_in_errors(self) -> None:
        self.kubernetes.refuse = "GET"
        with self.assertRaisesRegex(kubernetes_api.Refused, "^claim database: 403 forbidden$"):
            data_claims.found(["database"])
