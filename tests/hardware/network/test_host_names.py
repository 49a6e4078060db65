"""Host names: impossible ones are explained; a name service that hangs or fails holds nobody up."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.errors import ConnectionLostError
from hardware.network.host_names import HostNames, host_and_port

LONG_S = 60.0
Found = Sequence[tuple[Any, Any, int, str, tuple[Any, ...]]]


def running() -> bool:
    return False


def test_an_ipv6_address_before_a_port_stands_in_brackets() -> None:
    assert [host_and_port(host, 80) for host in ("reader", "10.0.0.7", "::1")] == [
        "reader:80",
        "10.0.0.7:80",
        "[::1]:80",
    ]


IMPOSSIBLE = ("10.0.0..7", ".foo", "a" * 64, "a" * 64 + ".example", "a\0b", ".", "x" * 5_000)


@pytest.mark.parametrize("host", IMPOSSIBLE)
def test_an_impossible_name_is_a_lost_connection(host: str) -> None:
    with pytest.raises(ConnectionLostError, match="check the name") as lost:
        HostNames().addresses(host, 5084, LONG_S, running)
    assert len(str(lost.value)) < 200


@given(st.text(max_size=100))
@settings(max_examples=50)
def test_any_text_gives_addresses_or_one_error(text: str) -> None:
    with suppress(ConnectionLostError):
        assert HostNames(no_name_service).addresses(text, 5084, LONG_S, running)


def no_name_service(host: str, port: int, type: int = 0) -> Found:  # noqa: A002 as getaddrinfo
    """The system's lookup of addresses alone, so that no name leaves this machine."""
    return socket.getaddrinfo(host, port, type=type, flags=socket.AI_NUMERICHOST)


class NameService:
    """A name service: answers, fails, or hangs until `release`."""

    def __init__(self, *found: tuple[socket.AddressFamily, str]) -> None:
        self.found = found
        self.hangs = False
        self.fails: Exception | None = None
        self.asked = 0
        self.released = threading.Event()

    def release(self) -> None:
        self.released.set()

    def __call__(self, host: str, port: int, type: int = 0) -> Found:  # noqa: A002, ARG002 as getaddrinfo
        self.asked += 1
        if self.hangs:
            self.released.wait(LONG_S)
        if self.fails is not None:
            raise self.fails
        return [(family, type, 6, "", (address, port)) for family, address in self.found]


@pytest.fixture
def service() -> Iterator[NameService]:
    made = NameService((socket.AF_INET6, "::1"), (socket.AF_INET6, "::2"), (socket.AF_INET, "127.0.0.1"))
    yield made
    made.release()


def test_the_families_are_tried_in_turn(service: NameService) -> None:
    found = HostNames(service).addresses("reader", 5084, 5.0, running)
    assert found is not None
    assert [where[0] for _, where in found] == ["::1", "127.0.0.1", "::2"]


def test_an_ip_address_needs_no_name_service(service: NameService) -> None:
    assert HostNames(service).addresses("127.0.0.1", 7, 5.0, running) == ((socket.AF_INET, ("127.0.0.1", 7)),)
    assert service.asked == 0


def test_a_service_that_hangs_is_left_after_the_time_allowed_and_asked_once(service: NameService) -> None:
    service.hangs = True
    names = HostNames(service)
    for _ in range(3):
        began = time.monotonic()
        with pytest.raises(ConnectionLostError, match="name service does not answer for reader"):
            names.addresses("reader", 5084, 0.05, running)
        assert time.monotonic() - began < LONG_S / 6
    assert service.asked == 1, "the attempts wait for the same lookup"
    service.release()
    assert names.addresses("reader", 5084, LONG_S, running)


def test_closing_ends_the_wait_for_a_service_that_hangs(service: NameService) -> None:
    service.hangs = True
    closed = threading.Event()
    threading.Timer(0.1, closed.set).start()
    began = time.monotonic()
    assert HostNames(service).addresses("reader", 5084, LONG_S, closed.is_set) is None
    assert time.monotonic() - began < LONG_S / 6


def test_another_name_is_looked_up_beside_the_one_that_hangs(service: NameService) -> None:
    service.hangs = True
    names = HostNames(service)
    with pytest.raises(ConnectionLostError):
        names.addresses("reader", 5084, 0.05, running)
    service.hangs = False
    assert names.addresses("other", 5084, LONG_S, running)


@pytest.mark.parametrize(
    "error", [socket.gaierror(-2, "Name or service not known"), UnicodeError(), ValueError("nul")]
)
def test_a_failure_of_the_service_is_a_lost_connection(service: NameService, error: Exception) -> None:
    service.fails = error
    with pytest.raises(ConnectionLostError, match=r"reader: .*check the name"):
        HostNames(service).addresses("reader", 5084, 5.0, running)


def test_known_addresses_are_used_while_the_service_fails(service: NameService) -> None:
    names = HostNames(service)
    known = names.addresses("reader", 5084, 5.0, running)
    service.fails = socket.gaierror(-3, "Temporary failure in name resolution")
    assert names.addresses("reader", 5084, 5.0, running) == known
    service.fails, service.hangs = None, True
    assert names.addresses("reader", 5084, 0.05, running) == known


def test_the_systems_own_lookup_is_the_default() -> None:
    found = HostNames().addresses("localhost", 5084, LONG_S, running)
    assert found is not None
    assert {where[1] for _, where in found} == {5084}


def order(names: HostNames) -> list[str]:
    found = names.addresses("reader", 5084, 5.0, running)
    assert found is not None
    return [where[0] for _, where in found]


@given(st.data())
def test_every_address_has_its_turn_until_one_works(data: st.DataObject) -> None:
    places = [f"127.0.0.{number}" for number in range(1, data.draw(st.integers(2, 16)) + 1)]
    names = HostNames(NameService(*((socket.AF_INET, place) for place in places)))
    first = []
    for _ in places:
        first.append(order(names)[0])
        names.ended(first[-1], failed=True)
    assert first == places
    works = data.draw(st.sampled_from(places))
    names.ended(works, failed=False)
    # a reader that restarts stays the right one
    names.ended(works, failed=True)
    assert order(names)[0] == works
    assert sorted(order(names)) == sorted(places)
