"""Sends e-mail by SMTP (RFC 5321): `smtps://` with TLS from the beginning, `smtp://` with STARTTLS (RFC 3207).

A certificate is always checked. Without encryption only this computer is reached. Every reply decides: 5xx for the
message or its recipient is a refusal; everything else, and a lost connection, means that the message is sent again.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from hardware.threads.supervised import TimeLimit
from kiosk.connectors.ca_files import ca_file_mistake, trusting
from kiosk.connectors.messages.composing import composed
from kiosk.connectors.messages.port import (
    BadAddressError,
    Mail,
    MailAddress,
    MailLostError,
    MailRefusedError,
    NoMailDriverError,
    mail_address,
)
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError

PORTS: Final = {"smtp": 587, "smtps": 465}
TIMEOUT_S: Final = 15.0
"""For each reply of the server as a whole, and for each write."""
WHOLE: Final = 4
"""A message as a whole, with connection and sign-in, has so many times `timeout_s`."""
MIN_WAIT_S: Final = 0.001
"""A timeout of 0 would make a socket non-blocking."""
_THIS_COMPUTER: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Where and as whom e-mail is sent. `key_file` has `password: VALUE` and mode 0600; `user` is empty for none."""

    uri: str
    sender: str
    user: str = ""
    key_file: Path | None = None
    ca_file: Path | None = None
    timeout_s: float = TIMEOUT_S


class _Timed(smtplib.SMTP):
    """Limits the time of a whole reply, and of all that is said together.

    smtplib limits that of each part of a reply, so a server could send single bytes for ever. A write and a handshake
    have the socket's timeout in all (CPython, Modules/socketmodule.c and _ssl.c).
    """

    _until_s = 0.0

    def connect(
        self, host: str = "localhost", port: int = 0, source_address: Any = None
    ) -> tuple[int, bytes]:
        self._until_s = time.monotonic() + WHOLE * self.timeout
        return super().connect(host, port, source_address)

    def getreply(self) -> tuple[int, bytes]:
        left_s = self._left_s()
        if left_s <= 0:
            raise TimeoutError
        limit = TimeLimit("mail server", left_s, self._cut)
        try:
            return super().getreply()
        finally:
            limit.cancel()
            if self.sock is not None:
                # for the write or the handshake that follows
                self.sock.settimeout(max(self._left_s(), MIN_WAIT_S))

    def _left_s(self) -> float:
        return min(self.timeout, self._until_s - time.monotonic())

    def _cut(self) -> None:
        """Ends the read that waits; from another thread."""
        if self.sock is not None:
            with suppress(OSError, ValueError):
                # not that of `ssl.SSLSocket`, which also drops the TLS layer under the thread that reads
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _TimedTls(_Timed, smtplib.SMTP_SSL):
    """The same with TLS from the beginning."""


class SmtpSender:
    """`MailSender` over SMTP. Each message has a connection of its own."""

    def __init__(self, account: MailAccount, now_s: Callable[[], float] = time.time) -> None:
        """Connects to nothing. Raises NoMailDriverError."""
        self._host, self._port, self._tls = _place(account.uri)
        self._account, self._now, self._sender = account, now_s, _sender(account.sender)
        self._password = _password(account)
        if what := ca_file_mistake(account.ca_file):
            raise NoMailDriverError(what)
        self._context = trusting(account.ca_file)

    @property
    def domain(self) -> str:
        return self._sender.text.rpartition("@")[2]

    def send(self, mail: Mail) -> None:
        content = composed(mail, self._sender, self._now())
        with self._connected() as server:
            try:
                server.sendmail(self._sender.text, [mail.to.text], content)
            except smtplib.SMTPRecipientsRefused as error:
                _raise(next(iter(error.recipients.values()))[0])
            except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
                _raise(error.smtp_code)

    def probe(self) -> None:
        with self._connected():
            return

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A connection that is encrypted and signed in."""
        server: smtplib.SMTP | None = None
        try:
            server = self._open()
            if self._password:
                self._sign_in(server)
            yield server
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise MailLostError(_reason(error)) from None
        finally:
            if server is not None:
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
                server.close()

    def _sign_in(self, server: smtplib.SMTP) -> None:
        try:
            server.login(self._account.user, self._password)
        except smtplib.SMTPServerDisconnected:
            # some servers answer a wrong password so
            raise MailLostError("the server hangs up at sign-in; check `user` and the password") from None

    def _open(self) -> smtplib.SMTP:
        timeout_s, name = self._account.timeout_s, self.domain
        if self._tls:
            return _TimedTls(self._host, self._port, name, timeout=timeout_s, context=self._context)
        server = _Timed(self._host, self._port, name, timeout=timeout_s)
        try:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=self._context)
                server.ehlo()
            elif self._host not in _THIS_COMPUTER:
                raise ssl.SSLError("the server offers no STARTTLS")
        except BaseException:
            server.close()
            raise
        return server


def _raise(code: int) -> None:
    if 500 <= code < 600:
        raise MailRefusedError(code)
    raise MailLostError(f"the server answers {code}; it is tried again")


def _place(uri: str) -> tuple[str, int, bool]:
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in PORTS or not host:
        raise NoMailDriverError("is no address of a mail server; write smtps://HOST or smtp://HOST:587")
    if "@" in parts.netloc or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise NoMailDriverError(
            "only host and port belong in the address; `user` and `key_file` stand beside it"
        )
    return host, port or PORTS[parts.scheme], parts.scheme == "smtps"


def _sender(text: str) -> MailAddress:
    try:
        return mail_address(text)
    except BadAddressError:
        raise NoMailDriverError("`sender` is no e-mail address") from None


def _password(account: MailAccount) -> str:
    if bool(account.user) is not bool(account.key_file):
        raise NoMailDriverError("`user` and `key_file` belong together")
    if account.key_file is None:
        return ""
    try:
        return TerminalPlace(account.uri, account.key_file).keys("password")["password"]
    except NoTerminalDriverError as error:
        raise NoMailDriverError(str(error)) from None


_REASONS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (ssl.SSLCertVerificationError, "the server's certificate is not trusted"),
    (ssl.SSLError, "no encrypted connection with the server"),
    (TimeoutError, "the server does not answer in time"),
    (socket.gaierror, "the server cannot be reached: this computer finds no address of its name (DNS)"),
    (
        ConnectionRefusedError,
        "the server cannot be reached: it refuses the connection; is the port right, does it run?",
    ),
    (smtplib.SMTPServerDisconnected, "the server cannot be reached: it ended the connection"),
)
"""What is said of an error, the narrower kinds first."""


def _reason(error: Exception) -> str:
    """In a few words, without anything the server said: it may repeat an address."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"the server refuses the user name or the password ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the server answers {error.smtp_code}"
    unnamed = f"the server cannot be reached ({type(error).__name__})"
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), unnamed)
