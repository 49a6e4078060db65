"""A double of an Adyen terminal, and drivers of it on both ways."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from kiosk.connectors.payments.doubles.adyen.rehearsal import Rehearsal
from kiosk.connectors.payments.doubles.adyen.server import AdyenServer
from kiosk.connectors.payments.doubles.adyen.terminal import AdyenTerminal
from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.nexo.driver import NexoTerminal, Waits
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import Charge, Presented, TerminalReply, new_key
from kiosk.core.domain.money import Money

PRICE = Money(12_900, "EUR")
WAIT_S = 20.0
QUICK = Waits(
    connect=10.0, reply=10.0, follow_up=10.0, after_abort=5.0, first_status=0.02, longest_status=0.2
)


class Counter:
    """A double with its server and a driver (`driver`), and the hand that lays cards on it."""

    def __init__(self, rehearsal: Rehearsal, place_of: Callable[[AdyenServer], TerminalPlace]) -> None:
        self.rehearsal = rehearsal
        self.terminal = AdyenTerminal()
        self.server = rehearsal.serve(self.terminal)
        self.place = place_of(self.server)
        self.driver = self.opened()
        self._pool = ThreadPoolExecutor(8)

    def opened(self, waits: Waits = QUICK) -> NexoTerminal:
        """Another driver of the same terminal."""
        found = open_terminal(self.place)
        assert isinstance(found, NexoTerminal)
        return NexoTerminal(found._line, waits)

    def start(
        self, charge: Charge, wait_s: float = WAIT_S, *, taken_up: bool = True
    ) -> Future[TerminalReply]:
        """Presents a charge; returns once the terminal has it."""
        taken = Event()
        coming = self._pool.submit(self.driver.present, charge, "", taken.set, wait_s)
        coming.add_done_callback(lambda _: taken.set())
        if taken_up:
            assert taken.wait(WAIT_S)
        return coming

    def paid(self, charge: Charge) -> TerminalReply:
        """The reply to a charge for which a good card was laid on it."""
        coming = self.start(charge)
        assert self.terminal.tap()
        return coming.result(WAIT_S)

    def close(self) -> None:
        self.driver.close()
        self.server.close()
        self._pool.shutdown()


@pytest.fixture(scope="session")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    return Rehearsal.made(tmp_path_factory.mktemp("adyen"), "V400m-324688179")


@pytest.fixture(params=["local", "cloud", "cloud-encrypted"])
def counter(request: pytest.FixtureRequest, rehearsal: Rehearsal) -> Iterator[Counter]:
    """On each way to the terminal."""
    ways: dict[str, Callable[[AdyenServer], TerminalPlace]] = {
        "local": rehearsal.local,
        "cloud": rehearsal.cloud,
        "cloud-encrypted": lambda server: rehearsal.cloud(server, encrypted=True),
    }
    found = Counter(rehearsal, ways[request.param])
    yield found
    found.close()


@pytest.fixture
def local(rehearsal: Rehearsal) -> Iterator[Counter]:
    """On the local network."""
    found = Counter(rehearsal, rehearsal.local)
    yield found
    found.close()


@pytest.fixture
def silent_peer() -> Iterator[Callable[[], int]]:
    """Makes ports that accept connections and never say anything."""
    opened: list[socket.socket] = []

    def make() -> int:
        opened.append(socket.create_server(("127.0.0.1", 0)))
        port: int = opened[-1].getsockname()[1]
        return port

    yield make
    for server in opened:
        server.close()


def with_pin(place: TerminalPlace, pin: str) -> TerminalPlace:
    """The same place with a pin instead of an authority."""
    return replace(place, uri=f"{place.uri}{'&' if '?' in place.uri else '?'}pin={pin}", ca_file=None)


def charge(amount: Money = PRICE) -> Charge:
    return Charge(new_key(), "order-1", amount)


def presented(of: Charge) -> Presented:
    return Presented(of.key, of.order_id, of.amount)
