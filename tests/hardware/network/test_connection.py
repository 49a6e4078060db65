"""Connections to readers: time-outs, the end of the stream, and wake-ups that end every wait."""

from __future__ import annotations

import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from hardware.errors import ConnectionLostError
from hardware.network.connection import WakeUp, open_connection
from hardware.network.host_names import HostNames
from tests.hardware.network.tls_front import identity


@pytest.fixture
def wake_up() -> Iterator[WakeUp]:
    wake_up = WakeUp()
    yield wake_up
    wake_up.close()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def address(listener: socket.socket) -> tuple[str, int]:
    host, port = listener.getsockname()
    return host, port


def test_bytes_go_both_ways_until_the_other_side_closes(listener: socket.socket, wake_up: WakeUp) -> None:
    with open_connection(address(listener), wake_up, 2.0) as connection:
        assert connection is not None
        other, _ = listener.accept()
        with other:
            connection.send(b"question")
            assert other.recv(100) == b"question"
            other.sendall(b"answer")
            assert connection.receive(2.0) == b"answer"
        with pytest.raises(ConnectionLostError, match="closed the connection"):
            connection.receive(2.0)


def test_receiving_ends_after_the_time_out(listener: socket.socket, wake_up: WakeUp) -> None:
    with open_connection(address(listener), wake_up, 2.0) as connection:
        assert connection is not None
        began = time.monotonic()
        assert connection.receive(0.1) is None
        assert 0.09 <= time.monotonic() - began < 2


class TlsServer:
    """TLS on an accepted connection, with each record as bytes, so that a test can send a part of one."""

    def __init__(self, link: socket.socket, context: ssl.SSLContext) -> None:
        self._link, self._in, self._out = link, ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._in, self._out, server_side=True)

    def handshake(self) -> None:
        """Ends with the session tickets of TLS 1.3."""
        done = False
        while not done:
            try:
                self._tls.do_handshake()
                done = True
            except ssl.SSLWantReadError:
                pass
            self._link.sendall(self._out.read())
            if not done:
                self._in.write(self._link.recv(1 << 16))

    def record(self, raw: bytes) -> bytes:
        self._tls.write(raw)
        return self._out.read()


def test_a_tls_server_that_sends_no_data_is_waited_for(
    listener: socket.socket, wake_up: WakeUp, tmp_path: Path
) -> None:
    """Session tickets are no data (RFC 8446, clause 4.6.1), nor is a part of a record."""
    made = identity(tmp_path)

    def serve() -> tuple[socket.socket, TlsServer]:
        link, _ = listener.accept()
        server = TlsServer(link, made.server())
        server.handshake()
        return link, server

    with ThreadPoolExecutor(1) as pool:
        serving = pool.submit(serve)
        with open_connection(address(listener), wake_up, 5.0, made.client()) as connection:
            assert connection is not None
            link, server = serving.result()
            with link:
                assert connection.receive(0.2) is None
                record = server.record(b"answer")
                link.sendall(record[:-4])
                assert connection.receive(0.2) is None
                link.sendall(record[-4:])
                assert connection.receive(10.0) == b"answer"


def test_a_wake_up_ends_receiving(listener: socket.socket, wake_up: WakeUp) -> None:
    with open_connection(address(listener), wake_up, 2.0) as connection:
        assert connection is not None
        threading.Timer(0.1, wake_up.wake).start()
        began = time.monotonic()
        assert connection.receive(30.0) is None
        assert time.monotonic() - began < 10


def test_a_wake_up_ends_connecting(wake_up: WakeUp) -> None:
    wake_up.wake()
    wake_up.wake()
    # TEST-NET-1 of RFC 5737: nobody answers there
    with open_connection(("192.0.2.1", 5084), wake_up, 30.0) as connection:
        assert connection is None


def test_a_refused_connection_is_an_os_error(free_port: Callable[[], int], wake_up: WakeUp) -> None:
    with (
        pytest.raises(ConnectionRefusedError),
        open_connection(("127.0.0.1", free_port()), wake_up, 2.0),
    ):
        pass


def test_draining_waits_for_the_other_side(listener: socket.socket, wake_up: WakeUp) -> None:
    with open_connection(address(listener), wake_up, 2.0) as connection:
        assert connection is not None
        other, _ = listener.accept()
        other.sendall(b"last words")
        threading.Timer(0.1, other.close).start()
        began = time.monotonic()
        connection.drain(30.0)
        assert time.monotonic() - began < 10


def test_the_next_address_of_a_name_is_tried_after_another_device_has_answered() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with socket.create_server(("127.0.0.2", port)) as reader:
            found = [(socket.AF_INET, 1, 6, "", (place, port)) for place in ("127.0.0.1", "127.0.0.2")]
            wake_up = WakeUp(HostNames(lambda *_, **__: found))
            reached = []
            for _ in range(3):
                with (
                    suppress(ConnectionLostError),
                    open_connection(("reader", port), wake_up, 5.0) as connection,
                ):
                    assert connection is not None
                    reached.append(first_of(other, reader))
                    if reached[-1] is other:
                        raise ConnectionLostError("not a reader")
            wake_up.close()
    assert reached == [other, reader, reader]


def first_of(*listeners: socket.socket) -> socket.socket:
    """The listener at which a connection has arrived; it is accepted and closed."""
    ready, _, _ = select.select(listeners, [], [], 30.0)
    listener: socket.socket = ready[0]
    accepted, _ = listener.accept()
    accepted.close()
    return listener
