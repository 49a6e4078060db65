"""Connections of `requests` that lead only where the configuration allows it, and replies with one limit of time.

The name is looked up once for a connection, every result is checked, and the connection is made to a checked one, so a
name that changes in between leads nowhere else. The certificate is checked against the name.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from kiosk.connectors.ca_files import trusting
from kiosk.connectors.payments.timed_source import reply_until
from kiosk.connectors.web_hooks.host_rule import Network, addresses_of, connected_to, is_allowed

CONNECT_S: Final = 5.0
RETRIES: Final = Retry(
    total=2,
    connect=2,
    read=False,
    redirect=0,
    status=0,
    other=0,
    allowed_methods=("GET",),
    backoff_factor=0.25,
    respect_retry_after_header=False,
)
"""Where no connection is made. What breaks later is repeated by the client, and an answer never."""


class ForbiddenAddressError(OSError):
    """The name leads to an address that the configuration does not allow."""


@dataclass(slots=True)
class Limits:
    """What the connections of one client share. `until_s` (`time.monotonic`): the end of the present request."""

    network: Network
    until_s: float = 0.0
    forbidden: bool = False
    is_cut: bool = False
    sock: socket.socket | None = field(default=None, repr=False)

    def connect(self, host: str, port: int) -> socket.socket:
        """Raises OSError."""
        if self.is_cut:
            raise ForbiddenAddressError
        found = addresses_of(host, port)
        if not found or not all(is_allowed(each, self.network) for each in found):
            self.forbidden = True
            raise ForbiddenAddressError
        left_s = max(0.001, min(CONNECT_S, self.until_s - time.monotonic()))
        self.sock = connected_to(found, port, left_s)
        return self.sock

    def cut(self) -> None:
        """Ends the present request, from another thread, and prevents connections."""
        self.is_cut = True
        if self.sock is not None:
            with suppress(OSError, ValueError):
                # not that of `ssl.SSLSocket`, which also drops the TLS layer under the thread that reads
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def checked_adapter(limits: Limits, ca_file: Path | None) -> HTTPAdapter:
    """An adapter for `https://` and `http://`. Raises OSError for a file of authorities that cannot be used."""
    adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=RETRIES)
    context: ssl.SSLContext = trusting(ca_file)
    adapter.poolmanager.connection_pool_kw["ssl_context"] = context
    pools = adapter.poolmanager.pool_classes_by_scheme
    adapter.poolmanager.pool_classes_by_scheme = {
        scheme: _checked(pool, limits) for scheme, pool in pools.items()
    }
    return adapter


def _checked(pool: Any, limits: Limits) -> Any:
    """A class of pools whose connections ask `limits`."""

    def new_conn(connection: Any) -> socket.socket:
        return limits.connect(connection.host, connection.port)

    def response(sock: socket.socket, *args: Any, **options: Any) -> Any:
        # behind TLS it is another object than at the connection
        limits.sock = sock
        return reply_until(limits.until_s)(sock, *args, **options)

    replaced: dict[str, Callable[..., Any] | staticmethod[..., Any]] = {
        "_new_conn": new_conn,
        "response_class": staticmethod(response),
    }
    connection = type("CheckedConnection", (pool.ConnectionCls,), replaced)
    return type("CheckedPool", (pool,), {"ConnectionCls": connection})
