"""How a system misbehaves: each answers a request in its own way."""

from __future__ import annotations

import gzip
import time

from tests.kiosk.connectors.commerce.shop_system import Fault, Request


def status(code: int, **headers: str) -> Fault:
    return lambda request: request.send(b'{"secret": "no word of it"}', code, **headers)


def body(content: bytes, **headers: str) -> Fault:
    return lambda request: request.send(content, **headers)


def packed(content: bytes) -> Fault:
    return body(gzip.compress(content), Content_Encoding="gzip")


def breaks(request: Request) -> bool:
    """Closes the connection in the middle of the answer."""
    request.handler.send_response(200)
    request.handler.send_header("Content-Length", "1000")
    request.handler.end_headers()
    request.handler.wfile.write(b'{"data"')
    request.handler.close_connection = True
    return True


def late(seconds: float) -> Fault:
    """A good answer after some time."""

    def wait(_: Request) -> bool:
        time.sleep(seconds)
        return False

    return wait


def drips(request: Request) -> bool:
    """A byte of the header each 50 ms, without end."""
    request.handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(2000):
        request.handler.wfile.write(b"a")
        request.handler.wfile.flush()
        time.sleep(0.05)
    return True
