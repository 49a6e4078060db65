"""The HTTP client under the SDK, against a peer that drips, says too much, or drops idle connections."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest
import stripe

from kiosk.connectors.payments.stripe_terminal import connections
from kiosk.connectors.payments.stripe_terminal.connections import Connections
from kiosk.connectors.payments.stripe_terminal.settings import StripeSettings

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
Serve = Callable[[socket.socket, int], None]


@contextmanager
def peer(serve: Serve) -> Iterator[Connections]:
    """A peer that serves each connection, numbered from 0, in a thread."""
    listening = socket.create_server(("127.0.0.1", 0))
    threads = []

    def accept() -> None:
        with suppress(OSError):
            for number in range(20):
                connection, _ = listening.accept()
                threads.append(Thread(target=one, args=(connection, number)))
                threads[-1].start()

    def one(connection: socket.socket, number: int) -> None:
        with connection, suppress(OSError):
            serve(connection, number)

    acceptor = Thread(target=accept)
    acceptor.start()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    client = Connections(StripeSettings("tmr_x", "sk_test_x", base))
    try:
        yield client
    finally:
        client.close()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        acceptor.join(10)
        for thread in threads:
            thread.join(10)


def get(client: Connections, limit_s: float = 5.0) -> tuple[str, int]:
    client.limit(time.monotonic() + limit_s)
    content, status, _ = client.request("get", "http://127.0.0.1/v1/x", {})
    return content, status


def asked(connection: socket.socket) -> bool:
    """Reads one request; False at the end."""
    got = b""
    while not got.endswith(b"\r\n\r\n"):
        part = connection.recv(4096)
        if not part:
            return False
        got += part
    return True


def test_a_connection_is_used_again() -> None:
    numbers = []

    def serve(connection: socket.socket, number: int) -> None:
        while asked(connection):
            numbers.append(number)
            connection.sendall(GOOD)

    with peer(serve) as client:
        assert [get(client) for _ in range(3)] == [("{}", 200)] * 3
    assert numbers == [0, 0, 0]


def test_a_request_on_a_connection_that_was_dropped_meanwhile_is_sent_again() -> None:
    numbers = []

    def serve(connection: socket.socket, number: int) -> None:
        if asked(connection):
            numbers.append(number)
            connection.sendall(GOOD)
        # the next request is read, then the connection is closed without a reply
        if number == 0:
            asked(connection)

    with peer(serve) as client:
        assert [get(client), get(client)] == [("{}", 200)] * 2
    assert numbers == [0, 1]


def test_a_first_request_without_a_reply_is_no_reply() -> None:
    with peer(lambda _, __: None) as client, pytest.raises(stripe.APIConnectionError):
        get(client)


SLOW = {
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
    "header": (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "status": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "size of a chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
    "trailer": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: x\r\n"),
}


@pytest.mark.parametrize("part", SLOW)
def test_a_reply_that_drips_ends_at_the_limit_of_the_whole_call(part: str) -> None:
    begun, drop = SLOW[part]
    gone = Event()

    def serve(connection: socket.socket, _: int) -> None:
        asked(connection)
        connection.sendall(begun)
        for _ in range(1000):
            connection.sendall(drop)
            if gone.wait(0.02):
                return

    with peer(serve) as client:
        began = time.monotonic()
        with pytest.raises(stripe.APIConnectionError):
            get(client, 0.3)
        gone.set()
        # without the limit of the whole call it lasts 20 s
        assert time.monotonic() - began < 10


def test_a_reply_that_came_twice_is_not_the_reply_to_the_next_request() -> None:
    asked_for, again = 0, Event()

    def serve(connection: socket.socket, _: int) -> None:
        nonlocal asked_for
        # without it the second reply leaves only once the first was acknowledged
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while asked(connection):
            asked_for += 1
            reply = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % asked_for
            connection.sendall(reply)
            connection.sendall(reply)
            again.set()

    with peer(serve) as client:
        for number in range(1, 4):
            again.clear()
            assert get(client) == (str(number), 200)
            assert again.wait(10)


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2020 99999999999999999999:00:00 GMT",
        "Mon, 01 Jan 2020 00:00:00 +99999999999999999999",
        "tomorrow",
    ],
)
def test_a_clock_that_makes_no_sense_is_left_out(date: str) -> None:
    def serve(connection: socket.socket, _: int) -> None:
        asked(connection)
        connection.sendall(GOOD.replace(b"\r\n", b"\r\nDate: %s\r\n" % date.encode(), 1))

    with peer(serve) as client:
        assert get(client) == ("{}", 200)
        assert client.clock_difference_s is None


def test_a_reply_that_is_too_long_is_refused() -> None:
    def serve(connection: socket.socket, _: int) -> None:
        asked(connection)
        size = connections.MAX_REPLY_BYTES + 100_000
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + b"x" * size)

    with peer(serve) as client, pytest.raises(stripe.APIConnectionError):
        get(client)


@pytest.mark.parametrize(
    "reply",
    [b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}", GOOD[:-2] + b"\xff\xfe"],
)
def test_a_broken_reply_is_no_reply(reply: bytes) -> None:
    def serve(connection: socket.socket, _: int) -> None:
        asked(connection)
        connection.sendall(reply)

    with peer(serve) as client, pytest.raises(stripe.APIConnectionError):
        get(client)


def test_a_redirect_is_not_followed() -> None:
    def serve(connection: socket.socket, _: int) -> None:
        asked(connection)
        head = b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 2\r\n\r\n{}"
        connection.sendall(head)

    with peer(serve) as client:
        assert get(client) == ("{}", 302)


def test_closing_ends_a_call_that_waits() -> None:
    waiting: list[bool] = []

    def serve(connection: socket.socket, _: int) -> None:
        waiting.append(asked(connection))
        connection.recv(1)

    with peer(serve) as client:
        found: list[BaseException] = []

        def call() -> None:
            try:
                get(client, 60.0)
            except stripe.APIConnectionError as error:
                found.append(error)

        thread = Thread(target=call)
        thread.start()
        while not waiting:
            thread.join(0.01)
        client.close()
        thread.join(10)
        assert len(found) == 1
        with pytest.raises(stripe.APIConnectionError):
            get(client)
