"""The listener for web hooks over real sockets: many clients, slow ones, TLS, a port that is in use."""

from __future__ import annotations

import http.client
import socket
import ssl
import struct
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.errors import ConnectionLostError
from hardware.network.connection import WakeUp
from hardware.network.http.hook_listener import HookLimits, HookListener
from hardware.network.http.hook_requests import HookAccess
from tests.hardware.network.tls_front import identity

ACCESS = HookAccess.basic("/hook", "reader", "s3cret")
HEADERS = {"Authorization": "Basic " + b64encode(b"reader:s3cret").decode()}


class Served:
    """A listener served by a thread until `close`."""

    def __init__(self, tls: ssl.SSLContext | None = None, limits: HookLimits | None = None) -> None:
        self.bodies: list[bytes] = []
        self.refused: list[int] = []
        self.wake_up = WakeUp()
        self.listener = HookListener(("127.0.0.1", 0), ACCESS, self.wake_up, tls, limits)
        self.port = self.listener.port
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self.wake_up.woken:
            self.listener.serve(30, self._post, self.refused.append)

    def _post(self, body: bytes) -> int:
        self.bodies.append(body)
        return 200

    def close(self) -> None:
        self.wake_up.wake()
        self._thread.join()
        self.listener.close()
        self.wake_up.close()


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    made = Served(limits=getattr(request, "param", None))
    yield made
    made.close()


def status_of(port: int, body: bytes, headers: dict[str, str] | None = None) -> int:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        client.request("POST", "/hook", body, HEADERS if headers is None else headers)
        return client.getresponse().status
    finally:
        client.close()


def ends(link: socket.socket) -> bool:
    """Whether the other side closes this connection within 10 s."""
    link.settimeout(10)
    try:
        while link.recv(4096):
            pass
    except ConnectionResetError:
        pass
    except TimeoutError:
        return False
    return True


def test_many_posts_on_one_connection_and_many_connections(served: Served) -> None:
    client = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    for number in range(5):
        client.request("POST", "/hook", b"%d" % number, HEADERS)
        response = client.getresponse()
        response.read()
        assert response.status == 200
    client.close()
    threads = [threading.Thread(target=status_of, args=(served.port, b"x" * 1_000_000)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert served.bodies == [b"0", b"1", b"2", b"3", b"4"] + [b"x" * 1_000_000] * 8


def test_a_refused_client_gets_the_answer_although_it_sends_much(served: Served) -> None:
    assert status_of(served.port, b"x" * 100_000, {}) == 401
    assert (served.refused, served.bodies) == ([401], [])


@pytest.mark.parametrize("served", [HookLimits(request_s=0.3)], indirect=True)
@pytest.mark.parametrize("begin", [b"", b"POST /hook HTTP/1.1\r\nHo", b"\x16\x03\x01"])
def test_a_slow_client_is_closed_and_delays_no_other(served: Served, begin: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as slow:
        slow.sendall(begin)
        assert status_of(served.port, b"quick") == 200
        assert ends(slow)
    assert served.bodies == [b"quick"]


@pytest.mark.parametrize("served", [HookLimits(request_s=0.5)], indirect=True)
def test_one_byte_after_the_other_does_not_extend_the_time(served: Served) -> None:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", served.port)) as slow:
        for byte in b"POST /hook HTTP/1.1\r\nX: " + b"x" * 10_000:
            try:
                slow.sendall(bytes([byte]))
            except OSError:
                break
            threading.Event().wait(0.02)
        assert ends(slow)
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("served", [HookLimits(idle_s=0.3)], indirect=True)
def test_an_idle_connection_is_closed(served: Served) -> None:
    client = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    client.request("POST", "/hook", b"1", HEADERS)
    client.getresponse().read()
    assert ends(client.sock)
    client.close()


@pytest.mark.parametrize("served", [HookLimits(connections=2)], indirect=True)
def test_strangers_cannot_take_the_places_of_a_client_that_has_posted(served: Served) -> None:
    known = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    known.request("POST", "/hook", b"0", HEADERS)
    known.getresponse().read()
    strangers = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(5)]
    # the older ones are closed for the newer ones
    assert all(ends(link) for link in strangers[:4])
    known.request("POST", "/hook", b"1", HEADERS)
    assert known.getresponse().status == 200
    known.close()
    for link in strangers:
        link.close()
    assert served.refused == [503] * 4
    assert served.bodies == [b"0", b"1"]


@pytest.mark.parametrize("served", [HookLimits(connections=2)], indirect=True)
def test_more_clients_than_allowed_are_refused(served: Served) -> None:
    clients = [http.client.HTTPConnection("127.0.0.1", served.port, timeout=10) for _ in range(2)]
    for client in clients:
        client.request("POST", "/hook", b"1", HEADERS)
        client.getresponse().read()
    with socket.create_connection(("127.0.0.1", served.port)) as third:
        assert ends(third)
    for client in clients:
        client.request("POST", "/hook", b"2", HEADERS)
        assert client.getresponse().status == 200
        client.close()
    assert served.refused == [503]


def test_over_tls_with_a_client_that_does_not_finish_its_handshake(tmp_path: Path) -> None:
    made = identity(tmp_path)
    served = Served(made.server(), HookLimits(request_s=2))
    try:
        with socket.create_connection(("127.0.0.1", served.port)) as slow:
            slow.sendall(b"\x16\x03\x01\x02")
            client = http.client.HTTPSConnection("127.0.0.1", served.port, timeout=10, context=made.client())
            for body in (b"1", b"y" * 300_000):
                client.request("POST", "/hook", body, HEADERS)
                response = client.getresponse()
                response.read()
                assert response.status == 200
            client.close()
            plain = socket.create_connection(("127.0.0.1", served.port))
            plain.sendall(b"POST /hook HTTP/1.1\r\n\r\n")
            assert ends(plain)
            plain.close()
        assert served.bodies == [b"1", b"y" * 300_000]
    finally:
        served.close()


def test_a_port_in_use_is_named(served: Served) -> None:
    wake_up = WakeUp()
    with pytest.raises(
        ConnectionLostError, match=f"cannot listen on 127.0.0.1:{served.port}: address already in use"
    ):
        HookListener(("127.0.0.1", served.port), ACCESS, wake_up)
    wake_up.close()


@pytest.mark.parametrize("sent", [b"", b"\x16\x03\x01"])
def test_a_client_over_tls_that_resets_before_it_is_accepted(tmp_path: Path, sent: bytes) -> None:
    wake_up = WakeUp()
    listener = HookListener(("127.0.0.1", 0), ACCESS, wake_up, identity(tmp_path).server())
    link = socket.create_connection(("127.0.0.1", listener.port))
    link.sendall(sent)
    # closing with a linger time of 0 s sends a reset
    link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    link.close()
    listener.serve(10, lambda _: 200, lambda _: None)
    listener.close()
    wake_up.close()
