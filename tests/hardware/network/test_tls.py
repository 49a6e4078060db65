"""Certificates: the pinned one is trusted whatever it says, another never; an untrusted one is named with its pin."""

from __future__ import annotations

import hashlib
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.errors import UntrustedError, UriError
from hardware.network.connection import WakeUp, open_connection
from hardware.network.tls import PresentedCertificate, client_tls_context, parse_pin, pin_of
from tests.hardware.network.tls_front import Identity, identity


def der_of(made: Identity) -> bytes:
    return ssl.PEM_cert_to_DER_cert(made.certificate.read_text())


@contextmanager
def secret_server(made: Identity) -> Iterator[tuple[tuple[str, int], list[bytes]]]:
    """A TLS server that answers "hello" to every handshake and keeps what is sent to it."""
    got: list[bytes] = []
    context = made.server()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    link, _ = listener.accept()
                except OSError:
                    return
                link.settimeout(5)
                try:
                    with context.wrap_socket(link, server_side=True) as secured:
                        secured.sendall(b"hello")
                        got.append(secured.recv(100))
                except OSError:
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname(), got
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def wake_up() -> Iterator[WakeUp]:
    made = WakeUp()
    yield made
    made.close()


def said(address: tuple[str, int], wake_up: WakeUp, context: ssl.SSLContext) -> bytes | None:
    with open_connection(address, wake_up, 5, context) as connection:
        assert connection is not None
        connection.send(b"password")
        return connection.receive(5)


def test_a_pin_is_the_fingerprint_that_openssl_shows(tmp_path: Path) -> None:
    made = identity(tmp_path)
    shown = subprocess.run(
        ["openssl", "x509", "-in", str(made.certificate), "-noout", "-fingerprint", "-sha256"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    fingerprint = shown.strip().partition("=")[2]
    expected = hashlib.sha256(der_of(made)).digest()
    assert parse_pin(f"sha256:{fingerprint}") == parse_pin(fingerprint.lower()) == expected
    assert parse_pin(pin_of(der_of(made))) == expected


@pytest.mark.parametrize(
    "text", ["", "sha256:", "sha256:00", "sha1:" + "00" * 20, "00" * 33, "zz" * 32, "é" * 32]
)
def test_other_texts_are_no_pin(text: str) -> None:
    with pytest.raises(ValueError, match="64 hex digits"):
        parse_pin(text)


@pytest.mark.parametrize("name", ["127.0.0.1", "127.9.9.9"])
def test_the_pinned_certificate_is_trusted_whatever_its_names_are(
    tmp_path: Path, wake_up: WakeUp, name: str
) -> None:
    made = identity(tmp_path, [name])
    pins = (bytes(32), hashlib.sha256(der_of(made)).digest())
    with secret_server(made) as (address, got):
        assert said(address, wake_up, client_tls_context(None, pins)) == b"hello"
    assert got == [b"password"]


def test_another_certificate_is_refused_before_anything_is_sent(tmp_path: Path, wake_up: WakeUp) -> None:
    folders = [tmp_path / "ours", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()
    ours, other = (identity(folder) for folder in folders)
    with secret_server(other) as (address, got):
        with pytest.raises(UntrustedError, match="not the pinned one") as refused:
            said(address, wake_up, client_tls_context(None, (hashlib.sha256(der_of(ours)).digest(),)))
        assert pin_of(der_of(other)) in str(refused.value)
    assert got in ([], [b""])


def test_an_untrusted_certificate_is_named_with_its_pin_and_its_names(
    tmp_path: Path, wake_up: WakeUp
) -> None:
    made = identity(tmp_path, ["127.9.9.9", "10.0.0.7"])
    with secret_server(made) as (address, got):
        for context, why in [(client_tls_context(None), "self-signed"), (made.client(), "mismatch")]:
            with pytest.raises(UntrustedError, match=why) as refused:
                said(address, wake_up, context)
            assert "it is for 127.9.9.9, 10.0.0.7" in str(refused.value)
            assert f"append pin={pin_of(der_of(made))} to the address" in str(refused.value)
    assert b"password" not in got


def test_the_advice_of_the_message_works(tmp_path: Path, wake_up: WakeUp) -> None:
    with secret_server(identity(tmp_path)) as (address, _):
        with pytest.raises(UntrustedError) as refused:
            said(address, wake_up, client_tls_context(None))
        pin = str(refused.value).partition("pin=")[2].partition(" ")[0]
        assert said(address, wake_up, client_tls_context(None, (parse_pin(pin),))) == b"hello"


def test_a_certificate_that_cannot_be_read_still_has_a_pin() -> None:
    assert PresentedCertificate.of(b"nonsense") == PresentedCertificate(pin_of(b"nonsense"), ())


def test_a_file_that_is_no_authority_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_text("nonsense")
    for name in ("x.pem", "none.pem"):
        with pytest.raises(UriError, match="ca="):
            client_tls_context(str(tmp_path / name))
