"""Several addresses: the first that answers wins; the others hold nobody up and leave nothing open."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hardware.errors import ConnectionLostError
from hardware.llrp.reader import LlrpReader
from hardware.llrp.settings import LlrpSettings
from hardware.network.connection import WakeUp, open_connection
from hardware.network.connection_race import connect_first
from hardware.network.host_names import Address, HostNames
from hardware.ports import ReaderDown, ReaderUp
from hardware.sim.radio.llrp_reader import SimLlrpReader
from tests.hardware.fact_log import FactLog
from tests.hardware.network.test_host_names import NameService

# TEST-NET-1 and the documentation prefix (RFC 5737, RFC 3849): nobody answers there
SILENT: Address = (socket.AF_INET, ("192.0.2.1", 5084))
SILENT_6: Address = (socket.AF_INET6, ("2001:db8::1", 5084, 0, 0))
LONG_S = 60.0


@pytest.fixture
def wake_up() -> Iterator[WakeUp]:
    made = WakeUp()
    yield made
    made.close()


@pytest.fixture
def listening() -> Iterator[Address]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield socket.AF_INET, server.getsockname()


@pytest.fixture
def refusing(free_port: Callable[[], int]) -> Address:
    return socket.AF_INET, ("127.0.0.1", free_port())


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("others", [[], [SILENT], [SILENT_6], [SILENT_6, SILENT, SILENT]])
def test_the_address_that_answers_wins_wherever_it_stands(
    others: list[Address], listening: Address, refusing: Address, wake_up: WakeUp
) -> None:
    before = descriptors()
    for addresses in ([*others, listening], [listening, *others], [refusing, *others, listening]):
        began = time.monotonic()
        link = connect_first(addresses, wake_up, LONG_S)
        assert link is not None
        assert link.getpeername() == listening[1]
        assert time.monotonic() - began < LONG_S / 6
        link.close()
    assert descriptors() == before


@pytest.fixture
def full() -> Iterator[Address]:
    """An address that never answers, on any machine: the queue of its listener is full."""
    with ExitStack() as links, socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        for _ in range(4):
            waiting = links.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        yield socket.AF_INET, server.getsockname()


def test_an_address_that_never_answers_leaves_time_for_the_next_one(
    full: Address, listening: Address, wake_up: WakeUp
) -> None:
    """Within the time that a driver has for all of them."""
    link = connect_first([full, full, listening], wake_up, LlrpSettings().connect_s)
    assert link is not None
    assert link.getpeername() == listening[1]
    link.close()
    with pytest.raises(ConnectionLostError, match="no connection within"):
        connect_first([full], wake_up, 0.3)


def test_a_family_that_this_machine_lacks_is_passed_over(listening: Address, wake_up: WakeUp) -> None:
    link = connect_first([(socket.AF_APPLETALK, ("x", 1)), listening], wake_up, LONG_S)
    assert link is not None
    link.close()


def test_a_single_address_that_refuses_is_its_own_error(refusing: Address, wake_up: WakeUp) -> None:
    with pytest.raises(ConnectionRefusedError):
        connect_first([refusing], wake_up, LONG_S)


def test_each_address_is_named_if_none_answers(refusing: Address, wake_up: WakeUp) -> None:
    with pytest.raises(ConnectionLostError, match=r"127\.0\.0\.1: connection refused.*192\.0\.2\.1: "):
        connect_first([refusing, SILENT], wake_up, 0.4)
    before = descriptors()
    with pytest.raises((ConnectionLostError, OSError)):
        connect_first([SILENT], wake_up, 0.1)
    assert descriptors() == before


def test_a_wake_up_ends_the_race(wake_up: WakeUp) -> None:
    wake_up.wake()
    assert connect_first([SILENT, SILENT_6], wake_up, LONG_S) is None


def test_a_name_with_an_unused_ipv6_address_connects_over_ipv4(listening: Address) -> None:
    port = listening[1][1]
    service = NameService((socket.AF_INET6, "2001:db8::1"), (socket.AF_INET, "127.0.0.1"))
    wake_up = WakeUp(HostNames(service))
    with open_connection(("reader", port), wake_up, LONG_S) as connection:
        assert connection is not None
    wake_up.close()


def test_closing_a_driver_ends_its_wait_for_the_name_service() -> None:
    service = NameService()
    service.hangs = True
    wake_up = WakeUp(HostNames(service))
    wake_up.wake()
    with open_connection(("reader", 5084), wake_up, LONG_S) as connection:
        assert connection is None
    service.release()
    wake_up.close()


def with_names(service: NameService, port: int) -> LlrpReader:
    """A whole driver whose names are looked up by this service."""
    reader = LlrpReader("r", "reader", port)
    reader._wake_up.close()
    reader._wake_up = WakeUp(HostNames(service))
    return reader


def test_a_driver_is_up_over_the_address_that_answers() -> None:
    facts = FactLog()
    with SimLlrpReader() as sim:
        service = NameService((socket.AF_INET6, "2001:db8::1"), (socket.AF_INET, "127.0.0.1"))
        reader = with_names(service, sim.port)
        reader.start(facts)
        facts.wait_count(ReaderUp)
        reader.close()


def test_a_driver_closes_within_two_seconds_while_the_name_service_hangs() -> None:
    service, facts = NameService(), FactLog()
    service.hangs = True
    reader = with_names(service, 5084)
    reader.start(facts)
    facts.wait_count(ReaderDown)
    began = time.monotonic()
    reader.close()
    assert time.monotonic() - began < 2.0
    service.release()
    (down,) = facts.facts
    assert "name service does not answer" in down.why
