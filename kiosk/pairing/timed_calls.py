"""One HTTP call with a time limit in all, for peers that nothing confirms yet.

The timeout of a socket counts for each read, so a peer that sends a byte now and then holds a call for ever. Here a
second thread shuts the connection down. Redirections are not followed: who answers may not choose what is asked next.
"""

from __future__ import annotations

import ssl
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from socket import SHUT_RDWR, socket
from threading import Lock
from typing import Any
from urllib.request import (
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from hardware.threads.supervised import TimeLimit


class TimedCall:
    """Ends the connections of a call after `seconds` in all. A context manager; raises RuntimeError without a thread.

    `context`: of TLS connections; None for a store without TLS.
    """

    def __init__(self, seconds: float, context: ssl.SSLContext | None) -> None:
        self.seconds, self._context = seconds, context
        self._sockets: list[socket] = []
        self._over, self._lock = False, Lock()

    @property
    def over(self) -> bool:
        """Whether the time has passed."""
        return self._over

    def __enter__(self) -> OpenerDirector:
        self._limit = TimeLimit("call", self.seconds, self._end)
        handlers: list[Any] = [ProxyHandler({}), _EveryStatus(), _Http(self)]
        if self._context is not None:
            handlers.append(_Https(self, self._context))
        return build_opener(*handlers)

    def __exit__(self, *_: object) -> None:
        self._limit.cancel()

    def watch(self, opened: socket) -> None:
        """Ends this socket too. Raises TimeoutError if the time has passed already."""
        with self._lock:
            self._sockets.append(opened)
            over = self._over
        if over:
            raise TimeoutError("the time for this call has passed")

    def _end(self) -> None:
        with self._lock:
            self._over = True
            for opened in self._sockets:
                _shut(opened)


def _shut(opened: socket) -> None:
    try:
        # not that of `ssl.SSLSocket`, which also drops the TLS layer under the thread that reads
        socket.shutdown(opened, SHUT_RDWR)
    except OSError:
        return  # closed already, or handed over to its TLS socket


class _Connection(HTTPConnection):
    def __init__(
        self, host: str, *, call: TimedCall, context: ssl.SSLContext | None = None, **more: Any
    ) -> None:
        super().__init__(host, **more)
        self._call, self._tls = call, context

    def connect(self) -> None:
        super().connect()
        if self._tls is not None:
            # a handshake has the socket's timeout in all (CPython, Modules/_ssl.c); what follows has not
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)
        self._call.watch(self.sock)


class _Http(HTTPHandler):
    def __init__(self, call: TimedCall) -> None:
        super().__init__()
        self._call = call

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Connection, call=self._call), req)


class _Https(HTTPSHandler):
    def __init__(self, call: TimedCall, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self._call, self._tls = call, context

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Connection, call=self._call, context=self._tls), req)


class _EveryStatus(HTTPErrorProcessor):
    """Returns every answer, so that its body is read within the time; none is a redirection to follow."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:  # noqa: ARG002
        return response

    https_response = http_response
