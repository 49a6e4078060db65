"""Which sockets that are left open fail a test: all but those that Python's own `wrap_socket` leaves."""

from __future__ import annotations

import gc
import socket
import ssl
import struct

import pytest


def connected() -> tuple[socket.socket, socket.socket]:
    """Both ends of a connection on this computer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        near = socket.create_connection(listening.getsockname())
        return near, listening.accept()[0]


def test_a_peer_that_resets_before_the_handshake_fails_no_test() -> None:
    near, far = connected()
    far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    far.close()
    with pytest.raises(OSError):
        ssl.create_default_context().wrap_socket(near, server_hostname="store")
    del near
    gc.collect()


def test_planted_a_socket_with_a_peer_is_another_warning() -> None:
    near, far = connected()
    left = [
        ssl.create_default_context().wrap_socket(near, server_hostname="store", do_handshake_on_connect=False)
    ]
    with pytest.warns(ResourceWarning, match=r"laddr=.*raddr="):
        left.clear()  # nothing else holds it
    far.close()
