"""Connections to readers: time-outs, the end of the stream, and wake-ups that end every wait."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from hardware.connection import WakeUp, open_connection
from hardware.errors import ConnectionLostError


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
