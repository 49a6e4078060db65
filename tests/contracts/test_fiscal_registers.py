"""Promises of a register's driver, on the HTTP driver against the simulated register, with every fault it knows."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.port import (
    FiscalRegister,
    NoRegisterDriverError,
    RegisterDeniedError,
    RegisterLostError,
    RegisterRefusedError,
    RegisterUnclearError,
)
from kiosk.connectors.fiscal.sim_book import SERIAL, Fault, Register
from kiosk.connectors.fiscal.sim_register import RegisterServer
from kiosk.core.domain.fiscal.sale import FiscalKind, FiscalLine, FiscalSale
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.tax import TaxLine

EUR = Money(12_900, "EUR")
SALE = FiscalSale(
    "s-o1", FiscalKind.SALE, OrderId("o1"), "000001", 1_790_000_000_000_000, EUR,
    (TaxLine(88_750, Money(11_848, "EUR"), Money(1_052, "EUR")),),
    (FiscalLine("09521234000075", "Shirt “Lin”", EUR, 88_750),), PaymentMeans.TERMINAL,
)  # fmt: skip
REGISTERED = {
    Fault.LOST, Fault.ERROR_AFTER, Fault.SLOW, Fault.OTHER, Fault.WRONG_TOTAL, Fault.NO_SIGNATURE, Fault.NO_JSON,
    Fault.NESTED, Fault.ENDLESS,
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[RegisterServer]:
    with RegisterServer(register=Register(slow_s=0.6)) as running:
        yield running


@pytest.fixture
def driver(server: RegisterServer) -> FiscalRegister:
    return open_register(server.url)


def test_the_same_key_is_registered_once_with_one_signature(
    server: RegisterServer, driver: FiscalRegister
) -> None:
    first = driver.register(SALE)
    assert driver.register(SALE) == first
    assert (first.register, first.number, len(server.register.book)) == (SERIAL, "1", 1)
    (entry,) = server.register.book.values()
    assert entry["sale"]["taxes"] == [{"percent": "8.875", "net": 11_848, "tax": 1_052}]


@pytest.mark.parametrize(
    "fault",
    [*sorted(REGISTERED, key=lambda fault: fault.value), Fault.DOWN, Fault.BUSY, Fault.PROXY],
    ids=lambda fault: fault.value,
)
def test_after_any_doubt_the_answer_is_lost_and_the_next_question_finds_it(
    fault: Fault, server: RegisterServer, driver: FiscalRegister
) -> None:
    server.register.faults.append(fault)
    # only the answer that comes too late is not waited for
    first = open_register(server.url, timeout_s=0.5) if fault is Fault.SLOW else driver
    with pytest.raises(RegisterLostError):
        first.register(SALE)
    assert len(server.register.book) == (fault in REGISTERED)
    assert driver.register(SALE).number == "1"
    assert len(server.register.book) == 1


def test_an_answer_that_comes_twice_is_read_once(server: RegisterServer, driver: FiscalRegister) -> None:
    server.register.faults.append(Fault.TWICE)
    first = driver.register(SALE)
    other = FiscalSale("s-o2", *(getattr(SALE, name) for name in list(SALE.__slots__)[1:]))
    assert driver.register(other).number == "2"
    assert driver.register(SALE) == first


def test_a_refusal_says_why_and_registers_nothing(server: RegisterServer, driver: FiscalRegister) -> None:
    server.register.faults.append(Fault.REFUSED)
    with pytest.raises(RegisterRefusedError, match="no such tax rate"):
        driver.register(SALE)
    assert server.register.book == {}


def test_a_key_that_is_registered_already_gives_its_signature(
    server: RegisterServer, driver: FiscalRegister
) -> None:
    server.register.faults.append(Fault.REGISTERED_BEFORE)
    first = driver.register(SALE)
    assert driver.register(SALE) == first
    assert len(server.register.book) == 1


def test_a_key_that_another_sale_has_is_unclear(server: RegisterServer, driver: FiscalRegister) -> None:
    server.register.faults.append(Fault.TAKEN)
    for _ in range(2):
        with pytest.raises(RegisterUnclearError):
            driver.register(SALE)
    assert len(server.register.book) == 1


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Fault.DENIED, "does not accept the token"),
        (Fault.NOT_HERE, "no register at this address"),
        (Fault.REDIRECTED, "no register at this address"),
    ],
)
def test_a_wrong_configuration_is_neither_a_refusal_nor_a_lost_answer(
    fault: Fault, why: str, server: RegisterServer, driver: FiscalRegister
) -> None:
    server.register.faults.append(fault)
    with pytest.raises(RegisterDeniedError, match=why):
        driver.register(SALE)
    assert server.register.book == {}


STATUSES = {
    RegisterRefusedError: (400, 422),
    RegisterDeniedError: (301, 302, 307, 308, 401, 403, 404, 405, 407, 410, 501),
    RegisterUnclearError: (409,),
    RegisterLostError: (
        201,
        202,
        204,
        402,
        406,
        408,
        413,
        415,
        418,
        423,
        425,
        429,
        451,
        500,
        502,
        503,
        504,
        599,
    ),
}


@pytest.mark.parametrize(
    ("status", "expected"), [(status, kind) for kind, found in STATUSES.items() for status in found]
)
def test_each_status_has_its_meaning(
    status: int, expected: type[Exception], server: RegisterServer, driver: FiscalRegister
) -> None:
    server.register.status = status
    with pytest.raises(expected) as error:
        driver.register(SALE)
    assert type(error.value) is expected


def test_a_silent_register_ends_a_call_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        driver = open_register(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout_s=0.5)
        begun = monotonic()
        with pytest.raises(RegisterLostError, match="in time"):
            driver.register(SALE)
        assert monotonic() - begun < 10


def test_nobody_there_is_lost() -> None:
    with pytest.raises(RegisterLostError, match="cannot be reached"):
        open_register("http://127.0.0.1:1").register(SALE)


def test_a_wrong_token_is_refused_and_a_right_one_stands_in_a_file(tmp_path: Path) -> None:
    keys = tmp_path / "register.keys"
    with RegisterServer(register=Register(token="right")) as server:
        for token, ok in (("wrong", False), ("right", True)):
            keys.write_text(f"token: {token}\n", "utf-8")
            keys.chmod(0o600)
            driver = open_register(server.url, name="till-1", key_file=keys)
            assert driver.identity == "till-1"
            if ok:
                assert driver.register(SALE).number == "1"
            else:
                with pytest.raises(RegisterDeniedError, match="the token is wrong"):
                    driver.register(SALE)


def test_the_probe_registers_nothing(server: RegisterServer, driver: FiscalRegister) -> None:
    probe = driver.probe()
    assert (probe.register, probe.ready, probe.test_mode) == (SERIAL, True, True)
    assert probe.clock_difference_s is not None
    assert abs(probe.clock_difference_s) < 60
    assert server.register.book == {}


@pytest.mark.parametrize(
    ("uri", "why"),
    [
        ("ftp://till", "no driver for ftp"),
        ("http://", "no driver"),
        ("http://user:secret@till", "no user name"),
        ("http://till?token=x", "no user name"),
    ],
)
def test_an_address_that_cannot_be_used(uri: str, why: str) -> None:
    with pytest.raises(NoRegisterDriverError, match=why) as error:
        open_register(uri)
    assert "secret" not in str(error.value)


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text("token: x\n", "utf-8")
    keys.chmod(0o644)
    with pytest.raises(NoRegisterDriverError, match="chmod 600"):
        open_register("http://till", key_file=keys)


SLOW = {
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
    "header": (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "status": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "size of a chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
}


@pytest.mark.parametrize("part", SLOW)
def test_an_answer_that_trickles_ends_at_the_time_limit(part: str) -> None:
    begun, drop = SLOW[part]
    gone = Event()

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            connection.recv(65_536)
            connection.sendall(begun)
            # without a limit for the whole answer it lasts 40 s
            for _ in range(2_000):
                connection.sendall(drop)
                if gone.wait(0.02):
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=serve)
        thread.start()
        register = open_register(f"http://127.0.0.1:{listening.getsockname()[1]}", timeout_s=0.3)
        began = monotonic()
        with pytest.raises(RegisterLostError, match=r"in time|too long"):
            register.register(SALE)
        gone.set()
        thread.join(20)
        assert monotonic() - began < 20
