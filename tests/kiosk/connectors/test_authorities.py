"""Authorities of a file: trusted as on every version of Python, and nothing else is trusted with them.

The certificates of these tests lack identifiers and usage of their keys, as those of small networks often do. RFC 5280
demands both, and Python does from 3.13 on. On an earlier version the planted fault shows what that would refuse.
"""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hardware.network.tls import client_tls_context
from kiosk.connectors.ca_files import trusting
from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.port import RegisterLostError
from kiosk.connectors.fiscal.sim_book import SERIAL
from kiosk.connectors.fiscal.sim_register import RegisterServer

HOST = "127.0.0.1"
Trusting = Callable[[Path], ssl.SSLContext]


def of_a_reader(file: Path) -> ssl.SSLContext:
    """What the drivers of readers trust with `ca=`."""
    return client_tls_context(str(file))


def strict(file: Path) -> ssl.SSLContext:
    """What Python makes from 3.13 on."""
    context = ssl.create_default_context(cafile=file)
    context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_STRICT
    return context


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs certificates that have no more fields than a handshake needs."""

    name: x509.Name
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def new(cls, name: str) -> Signer:
        return cls(
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]),
            ec.generate_private_key(ec.SECP256R1()),
        )

    def signed(self, subject: Signer, extension: x509.ExtensionType) -> bytes:
        """A certificate of a subject with one extension (PEM)."""
        now = dt.datetime.now(dt.UTC)
        made = (
            x509.CertificateBuilder().subject_name(subject.name).issuer_name(self.name)
            .public_key(subject.key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
            .add_extension(extension, critical=True).sign(self.key, hashes.SHA256())
        )  # fmt: skip
        return made.public_bytes(serialization.Encoding.PEM)


def server_of(folder: Path, name: str, host: str = HOST) -> tuple[ssl.SSLContext, Path]:
    """A server's side with a certificate of a new authority, and the file with that authority."""
    authority, server = Signer.new(f"authority of {name}"), Signer.new(name)
    both, alone = folder / f"{name}-both.pem", folder / f"{name}.pem"
    alone.write_bytes(authority.signed(authority, x509.BasicConstraints(ca=True, path_length=None)))
    own = authority.signed(server, x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]))
    both.touch(mode=0o600)
    both.write_bytes(
        own
        + server.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, alone


def handshake(client: ssl.SSLContext, server: ssl.SSLContext) -> None:
    """Both sides in memory. Raises SSLError where the client does not accept the certificate."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    asks = client.wrap_bio(to_client, to_server, server_hostname=HOST)
    answers = server.wrap_bio(to_server, to_client, server_side=True)
    waiting = [asks, answers]
    while waiting:
        for side in tuple(waiting):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            waiting.remove(side)


@pytest.mark.parametrize("client", [trusting, of_a_reader])
def test_an_authority_that_lacks_a_field_is_trusted(client: Trusting, tmp_path: Path) -> None:
    server, file = server_of(tmp_path, "own")
    handshake(client(file), server)


def test_strict_rules_would_refuse_it(tmp_path: Path) -> None:
    """A planted fault: the context as Python 3.13 makes it."""
    server, file = server_of(tmp_path, "own")
    with pytest.raises(ssl.SSLCertVerificationError, match=r"Missing Authority Key Identifier|key usage"):
        handshake(strict(file), server)


@pytest.mark.parametrize("client", [trusting, of_a_reader])
def test_another_authority_or_another_host_is_refused(client: Trusting, tmp_path: Path) -> None:
    _, file = server_of(tmp_path, "own")
    with pytest.raises(ssl.SSLCertVerificationError, match="unable to get local issuer certificate"):
        handshake(client(file), server_of(tmp_path, "other")[0])
    elsewhere, named = server_of(tmp_path, "elsewhere", "127.0.0.9")
    with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"):
        handshake(client(named), elsewhere)


def test_a_register_is_reached_over_tls_with_its_authority_alone(tmp_path: Path) -> None:
    context, file = server_of(tmp_path, "register")
    _, other = server_of(tmp_path, "other")
    server = RegisterServer()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    uri = server.url.replace("http:", "https:")
    with server:
        assert open_register(uri, ca_file=file).probe().register == SERIAL
        for refused in (other, None):
            with pytest.raises(RegisterLostError, match="its certificate is not trusted"):
                open_register(uri, ca_file=refused).probe()
