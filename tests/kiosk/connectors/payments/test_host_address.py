"""Lookups of a host that hang or fail do not take longer than a call may."""

from __future__ import annotations

import socket
import time
from threading import Event

import pytest

from kiosk.connectors.payments.host_address import FRESH_S, HostAddress, resolved


def test_a_lookup_that_hangs_ends_at_the_limit() -> None:
    hang, asked = Event(), []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        hang.wait(30)
        return ["127.0.0.1"]

    address = HostAddress("api.example", 1, resolve)
    began = time.monotonic()
    for _ in range(3):
        with pytest.raises(TimeoutError):
            address.connected(0.05)
    assert time.monotonic() - began < 20
    assert len(asked) == 1
    hang.set()


def test_a_lookup_that_fails_leaves_the_addresses_of_the_last_one() -> None:
    answers: list[list[str]] = [["127.0.0.1"]]

    def resolve(host: str, port: int) -> list[str]:
        if not answers:
            raise socket.gaierror
        return answers.pop()

    address = HostAddress("api.example", 1, resolve)
    assert address.addresses(5) == ("127.0.0.1",)
    address._known_at_s -= 2 * FRESH_S
    assert address.addresses(5) == ("127.0.0.1",)


def test_a_host_that_was_never_found_has_no_address() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror

    with pytest.raises(OSError):
        HostAddress("api.example", 1, resolve).connected(5)


def test_the_next_address_is_taken_if_the_first_refuses() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        address = HostAddress("api.example", port, lambda _, __: ["127.0.0.2", "127.0.0.1"])
        with address.connected(5) as connection:
            assert connection.getpeername() == ("127.0.0.1", port)
    assert "127.0.0.1" in resolved("localhost", 80)


def test_an_address_that_does_not_answer_leaves_time_for_the_next_and_comes_last() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        # a full queue of connections: the system drops what else arrives
        full = socket.create_server(("127.0.0.2", port), backlog=0)
        filling = []
        try:
            while True:
                filling.append(socket.create_connection(("127.0.0.2", port), 0.05))
        except TimeoutError:
            pass
        address = HostAddress("api.example", port, lambda _, __: ["127.0.0.2", "127.0.0.1"])
        with full, address.connected(1.0) as connection:
            assert connection.getpeername() == ("127.0.0.1", port)
        assert address.addresses(1.0) == ("127.0.0.1", "127.0.0.2")
        for one in filling:
            one.close()
