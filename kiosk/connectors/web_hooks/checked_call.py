"""One HTTP call to a checked address: of a web hook, of a push service. No redirect is followed.

The name is looked up once, every result is checked, and the connection is made to a checked one, so a name that changes
in between leads nowhere else. The certificate is checked against the name.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from typing import Final
from urllib.parse import SplitResult

from kiosk.connectors.web_hooks.host_rule import Network, addresses_of, connected_to, is_allowed

MIN_WAIT_S: Final = 0.001
"""A timeout of 0 would make a socket non-blocking."""


class CheckedConnection(http.client.HTTPConnection):
    """A connection to a checked address of the host. `timeout_s`: for name look-up, connection, handshake and answer
    together, if `cut` is called after it."""

    def __init__(
        self, parts: SplitResult, network: Network, timeout_s: float, context: ssl.SSLContext
    ) -> None:
        self._tls = parts.scheme == "https"
        super().__init__(parts.hostname or "", parts.port or (443 if self._tls else 80), timeout=timeout_s)
        self._network, self._context = network, context
        self._until_s = time.monotonic() + timeout_s
        self._cut = False

    def connect(self) -> None:
        found = addresses_of(self.host, self.port)
        if not found or not all(is_allowed(each, self._network) for each in found):
            raise _ForbiddenAddressError
        plain = connected_to(found, self.port, self._left_s())
        plain.settimeout(max(self._left_s(), MIN_WAIT_S))
        # head and body are two writes: on a lasting connection the second one would wait 40 ms for the receiver's ACK
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self._tls:
            self.sock = plain
        else:
            # known to `cut` before the handshake, which has the socket's timeout in all (CPython, Modules/_ssl.c)
            secured = self._context.wrap_socket(
                plain, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = secured
            secured.do_handshake()
        if self._cut:
            raise TimeoutError

    def _left_s(self) -> float:
        """Of the time for the whole call; name look-ups, which have limits of the system, count too."""
        return self._until_s - time.monotonic()

    def renew(self, timeout_s: float) -> None:
        """Before one more call on the same connection: the time for that call, as at the beginning."""
        self._until_s, self._cut = time.monotonic() + timeout_s, False
        if self.sock is not None:
            self.sock.settimeout(timeout_s)

    @property
    def was_cut(self) -> bool:
        """Whether the present call took too long."""
        return self._cut

    def cut(self) -> None:
        """Ends a call that takes too long; from another thread."""
        self._cut = True
        if self.sock is not None:
            try:
                # not that of `ssl.SSLSocket`, which also drops the TLS layer under the thread that reads
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
            except (OSError, ValueError):
                return


class _ForbiddenAddressError(OSError):
    """The name leads to an address where the receiver may not be."""


_REASONS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (_ForbiddenAddressError, "its name leads to an address that `{section}.network` does not allow"),
    (ssl.SSLCertVerificationError, "the {who}'s certificate is not trusted"),
    (ssl.SSLError, "no encrypted connection with the {who}"),
    (TimeoutError, "the {who} does not answer in time"),
    (socket.gaierror, "this computer finds no address of the {who}'s name (DNS)"),
    (ConnectionRefusedError, "the {who} refuses the connection"),
)


def reason_of(error: Exception, who: str, section: str) -> str:
    """Why a call failed, in a few words. `who` was called; `section` of the configuration says where it may be."""
    unnamed = f"the {{who}} cannot be reached ({type(error).__name__})"
    found = next((reason for kind, reason in _REASONS if isinstance(error, kind)), unnamed)
    return found.format(section=section, who=who)
