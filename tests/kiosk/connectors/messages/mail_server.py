# ruff: noqa: ARG002 the methods have the arguments that aiosmtpd gives
"""A real SMTP server on this computer (aiosmtpd) that takes messages, refuses, falls silent or hangs up."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "shop", "s3cret-pass"


@dataclass
class MailServer:
    """`replies`: the next replies to DATA or RCPT, e.g. ("RCPT", "550 no such user"); an empty one hangs up."""

    received: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    replies: list[tuple[str, str]] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    arrived: Event = field(default_factory=Event)
    silent: bool = False
    on_quit: Callable[[], None] | None = None
    """Called when a client that has read the reply to its message says QUIT, before it is answered."""
    port: int = 0

    async def handle_RCPT(  # noqa: N802 the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        if found := self._reply("RCPT"):
            return found
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if found := self._reply("DATA"):
            return found
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        self.envelopes.append((str(envelope.mail_from), list(envelope.rcpt_tos)))
        if self.replies[:1] == [("AFTER", "")]:
            self.replies.pop(0)
            assert server.transport is not None
            server.transport.close()
        self.arrived.set()
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.on_quit is not None:
            self.on_quit()
        return "221 Bye"

    def _reply(self, command: str) -> str:
        if self.replies and self.replies[0][0] == command:
            return self.replies.pop(0)[1]
        return ""

    def auth(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.users.append(data.login.decode())
        return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()))

    def wait_for(self, count: int, seconds: float = 20) -> None:
        """Waits until so many messages have arrived, at most so long for each."""
        while len(self.received) < count:
            assert self.arrived.wait(seconds), f"{len(self.received)} of {count} messages"
            self.arrived.clear()


@dataclass(frozen=True, slots=True)
class Certificate:
    """A self-signed certificate and its key, for 127.0.0.1 or another name."""

    cert: Path
    key: Path

    @property
    def context(self) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.cert, self.key)
        return made


def certificate(folder: Path, host: str = "127.0.0.1") -> Certificate:
    """Makes one; valid for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    is_ip = host[0].isdigit()
    other = x509.IPAddress(ip_address(host)) if is_ip else x509.DNSName(host)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([other]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    files = Certificate(folder / f"{host}.pem", folder / f"{host}.key")
    files.cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


@contextmanager
def mail_server(
    *, tls: Certificate | None = None, starttls: Certificate | None = None, auth: bool = False
) -> Iterator[MailServer]:
    """A running server. `tls`: from the beginning."""
    server = MailServer()
    more: dict[str, Any] = {}
    if starttls is not None:
        more |= {"tls_context": starttls.context, "require_starttls": True}
    if auth:
        more |= {"authenticator": server.auth, "auth_required": True, "auth_require_tls": tls is None}
    controller = Controller(
        server, hostname="127.0.0.1", port=0, ssl_context=tls.context if tls else None, ready_timeout=20, **more
    )  # fmt: skip

    def first_connection() -> None:
        # the port is known only after it listens
        listening: Any = controller.server
        server.port = listening.sockets[0].getsockname()[1]
        socket.create_connection(("127.0.0.1", server.port), timeout=20).close()

    controller._trigger_server = first_connection  # type: ignore[method-assign]
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
