"""Checks the public address of the store as a shopper's phone opens it: name, connection, certificate, answer.

Phones trust the authorities that their makers chose; those of this computer (package ca-certificates) are nearly the
same. All steps together take at most `LIMIT_S`.
"""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import closing
from http import HTTPStatus
from typing import Final
from urllib.parse import SplitResult, urlsplit

from cryptography import x509

from hardware.errors import ConnectionLostError, HostNameError
from hardware.network.host_names import PendingLookup, host_and_port
from hardware.network.http.exchange import HttpExchange
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.store.tls.server_certificate import ServerCertificate

LIMIT_S: Final = 8.0
"""Longest time of the whole check, in seconds."""
_ABOUT: Final = "public address"
_RECEIPT: Final = "/r/0"
"""A receipt that does not exist: the store answers 404."""
_BYTES: Final = 4096
_OF_THE_PUBLIC: Final = "Get a certificate of a public authority (for example by ACME) for the reverse proxy."
_CHAIN: Final = "Serve the certificate with those between it and the authority (often called fullchain.pem)."
# error codes of OpenSSL (x509_vfy.h)
_NOT_YET, _ENDED, _NAMES = 9, 10, (62, 64)
_OWN = {18: "it is signed by itself", 19: "its authority is not a public one"}
_NO_CHAIN = (2, 20, 21)


def look(public_url: str, now_us: int, roots: str | None = None, limit_s: float = LIMIT_S) -> Finding:
    """The finding about `listen.public_url`, which begins with https. `roots`: trusted authorities (PEM); None: the
    computer's."""
    parts = urlsplit(public_url)
    host, port = parts.hostname or "", parts.port or 443
    deadline = time.monotonic() + limit_s
    place = host_and_port(host, port)
    try:
        link = _connected(host, port, deadline)
    except HostNameError as error:
        advice = "Correct listen.public_url, or enter the name at the shop's name service (DNS)."
        return bad(_ABOUT, str(error).partition(";")[0], advice)
    except OSError as error:
        advice = (
            "Is the reverse proxy in front of the store running, and does the firewall let phones reach it?"
        )
        return bad(_ABOUT, f"{place}: {_reason(error)}", advice)
    with closing(link):
        context = ssl.create_default_context(cadata=roots)
        try:
            with context.wrap_socket(link, server_hostname=host) as secure:
                return _answer(secure, parts, now_us, deadline)
        except ssl.SSLCertVerificationError as error:
            return _untrusted(error, host, port, deadline)
        except OSError as error:
            advice = "Is this the address and port at which the reverse proxy serves https?"
            return bad(_ABOUT, f"{place}: no encrypted connection ({_reason(error)})", advice)


def _connected(host: str, port: int, deadline: float) -> socket.socket:
    """A connection to the first address that accepts one. Raises HostNameError, OSError."""
    lookup = PendingLookup(socket.getaddrinfo, host, port)
    if not lookup.done.wait(max(0.0, deadline - time.monotonic())):
        raise HostNameError(f"{host}: the name service does not answer")
    failed: OSError = TimeoutError("no answer within the time")
    for family, where in lookup.result():
        link = socket.socket(family, socket.SOCK_STREAM)
        try:
            _limit(link, deadline)
            link.connect(where)
        except OSError as error:
            link.close()
            failed = error
        else:
            _limit(link, deadline)
            return link
    raise failed


def _limit(link: socket.socket, deadline: float) -> None:
    """Sets the time that is left. Raises TimeoutError if there is none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer within the time")
    link.settimeout(left)


def _reason(error: OSError) -> str:
    """Why, in few words."""
    if isinstance(error, TimeoutError):
        return "no answer within the time"
    if isinstance(error, ssl.SSLError):
        return (error.reason or "the connection ended").lower().replace("_", " ")
    return (error.strerror or str(error) or "the connection ended").lower()


def _untrusted(error: ssl.SSLCertVerificationError, host: str, port: int, deadline: float) -> Finding:
    """What is wrong with a certificate. Names and dates are read over a second connection, which trusts nothing."""
    served = _served(host, port, deadline)
    code = error.verify_code
    if code == _ENDED:
        when = f" on {served.ends:%Y-%m-%d}" if served else ""
        return bad(
            _ABOUT, f"the certificate of {host} ended{when}", "Renew it, and have it renewed by a program."
        )
    if code == _NOT_YET:
        when = f" on {served.begins:%Y-%m-%d}" if served else " later"
        return bad(_ABOUT, f"the certificate of {host} begins{when}", "Is this computer's clock right?")
    if code in _NAMES:
        names = f"for {', '.join(served.names) or 'no name'}, " if served else ""
        advice = "Get a certificate for this name, or correct listen.public_url."
        return bad(_ABOUT, f"the certificate is {names}not for {host}", advice)
    if code in _OWN:
        return bad(_ABOUT, f"no phone trusts the certificate of {host}: {_OWN[code]}", _OF_THE_PUBLIC)
    if code in _NO_CHAIN:
        words = f"phones find no public authority for the certificate of {host}"
        return bad(_ABOUT, words, f"{_CHAIN} If it is of the shop's own authority: {_OF_THE_PUBLIC}")
    words = f"phones refuse the certificate of {host}: {error.verify_message.rstrip('.')}"
    return bad(_ABOUT, words, _OF_THE_PUBLIC)


def _served(host: str, port: int, deadline: float) -> ServerCertificate | None:
    """What the certificate says, trusted or not; None if it cannot be read in time."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with (
            closing(_connected(host, port, deadline)) as link,
            context.wrap_socket(link, server_hostname=host) as secure,
        ):
            certificate = secure.getpeercert(binary_form=True) or b""
        return ServerCertificate.of(x509.load_der_x509_certificate(certificate))
    except (HostNameError, OSError, ValueError):
        return None


def _answer(secure: ssl.SSLSocket, parts: SplitResult, now_us: int, deadline: float) -> Finding:
    """A trusted certificate: its days, and whether the store is behind it. Raises OSError."""
    host = parts.hostname or ""
    status = _status(secure, parts, deadline)
    if status is None or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        words = f"answers {status}" if status else "does not answer over HTTP within the time"
        advice = "Check that the reverse proxy passes requests on to the store's address and port."
        return bad(_ABOUT, f"{host} {words}; its certificate is good", advice)
    served = ServerCertificate.of(x509.load_der_x509_certificate(secure.getpeercert(binary_form=True) or b""))
    words = f"{host} answers; certificate until {served.ends:%Y-%m-%d} ({served.days_left(now_us)} days)"
    # programs renew when a third is left, so less than a fifth means that none does
    if 5 * served.days_left(now_us) < (served.ends - served.begins).days:
        return note(_ABOUT, words, "Is it renewed by a program? Renew it in time.")
    return good(_ABOUT, f"{words}, which phones trust")


def _status(secure: ssl.SSLSocket, parts: SplitResult, deadline: float) -> int | None:
    """The status of the answer about a receipt; None without an answer over HTTP in time."""
    exchange = HttpExchange("GET", f"{parts.path.rstrip('/')}{_RECEIPT}", parts.netloc, "")
    try:
        _limit(secure, deadline)
        secure.sendall(exchange.request)
        while exchange.status is None:
            _limit(secure, deadline)
            received = secure.recv(_BYTES)
            exchange.feed(received)
            if not received:
                exchange.connection_closed()
    except (ConnectionLostError, OSError):
        return None
    return exchange.status
