import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from public_client import Failed, PublicClient
from stand_in_server import serving


class PublicClientTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.asked: list[tuple[Any, ...]] = []
        self.said: tuple[int, Any] = (200, {"one": 1})

    def answer(self, *request: Any) -> tuple[int, Any]:
        self.asked.append(request)
        return self.said

    def certificate(self, host: str) -> Path:
        """A certificate for a host, with its key, that is its own CA."""
        path = self.folder / f"{host}.pem"
        words = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 1 -subj /CN={host}"
        more = ["-addext", f"subjectAltName=DNS:{host}", "-keyout", str(path), "-out", str(path)]
        subprocess.run(["openssl", *words.split(), *more], check=True, capture_output=True)
        return path

    def secure(self, path: Path) -> str:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(path)
        return self.enterContext(serving(self.answer, tls)).removeprefix("https://")

    def test_sends_json_or_bytes_and_returns_json_or_bytes(self) -> None:
        url, client = self.enterContext(serving(self.answer)), PublicClient()
        self.assertEqual(client.ask("POST", f"{url}/one?two=3", {"four": 5}, "token"), {"one": 1})
        self.said = (200, b"a file")
        self.assertEqual(client.ask("POST", f"{url}/file", b"another file"), b"a file")
        self.assertEqual(client.ask("GET", f"{url}/nothing"), b"a file")
        self.assertEqual(
            self.asked,
            [
                ("POST", "/one?two=3", {"four": 5}, "token"),
                ("POST", "/file", b"another file", ""),
                ("GET", "/nothing", None, ""),
            ],
        )

    def test_fails_with_the_status_and_code_but_not_with_the_text_of_an_error(self) -> None:
        url = self.enterContext(serving(self.answer))
        for said, text in (
            ((403, {"errcode": "M_FORBIDDEN", "error": "@anna is not here"}), "403 M_FORBIDDEN"),
            ((502, b"<html>"), "502"),
            ((301, {}), "301"),
        ):
            self.said = said
            with self.assertRaises(Failed) as caught:
                PublicClient().ask("GET", url)
            self.assertEqual(str(caught.exception), text)

    def test_fails_without_an_answer(self) -> None:
        with self.assertRaisesRegex(Failed, "ConnectionRefusedError"):
            PublicClient().ask("GET", "http://127.0.0.1:1/")

    def test_connects_to_another_address_and_checks_the_name_of_the_public_one(self) -> None:
        own = self.certificate("matrix.example.org")
        client = PublicClient(self.secure(own), own)
        self.assertEqual(client.ask("GET", "https://matrix.example.org/one"), {"one": 1})
        with self.assertRaisesRegex(Failed, "SSLCertVerificationError"):
            client.ask("GET", "https://other.example.org/one")

    def test_does_not_trust_an_unknown_authority(self) -> None:
        address = self.secure(self.certificate("matrix.example.org"))
        with self.assertRaisesRegex(Failed, "SSLCertVerificationError"):
            PublicClient(address).ask("GET", "https://matrix.example.org/one")
