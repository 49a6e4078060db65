"""The driver of the simulated terminal against a peer that replies nonsense, nothing, or not at all."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread

import pytest

from kiosk.connectors.payments.port import Charge, ProbeFinding, TerminalLostError, TerminalStatus
from kiosk.connectors.payments.sim import SimTerminalDriver
from kiosk.core.domain.money import Money
from tests.kiosk.store.payments.terminal_requests import presented, refund_of

AMOUNT = Money(12_900, "EUR")
CHARGE = Charge("KEY0000001", "o1", AMOUNT)
PeerOf = Callable[..., SimTerminalDriver]


@pytest.fixture
def peer_of() -> Iterator[PeerOf]:
    """Makes a driver whose peer reads one request and sends these bytes, then closes the connection."""
    opened: list[tuple[socket.socket, Thread]] = []

    def make(*replies: bytes) -> SimTerminalDriver:
        server = socket.create_server(("127.0.0.1", 0))

        def serve() -> None:
            # the driver may never connect, or close while a reply is sent
            with suppress(OSError):
                connection, _ = server.accept()
                with connection, connection.makefile("rb") as lines:
                    lines.readline()
                    for reply in replies:
                        connection.sendall(reply)

        thread = Thread(target=serve)
        opened.append((server, thread))
        thread.start()
        return SimTerminalDriver("127.0.0.1", server.getsockname()[1])

    yield make
    for server, thread in opened:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        thread.join()
        server.close()


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"no json\n",
        b"[1]\n",
        b"{}\n",
        b'{"state": "melted"}\n',
        b'{"state": "appr',
        b"\xff\xfe\n",
        b"[" * 60_000 + b"\n",
    ],
    ids=["nothing", "no JSON", "a list", "no state", "unknown state", "half a line", "no UTF-8", "deep"],
)
def test_a_reply_that_is_none_counts_as_lost(peer_of: PeerOf, reply: bytes) -> None:
    with pytest.raises(TerminalLostError):
        peer_of(reply).query(presented("KEY0000001"))
    with pytest.raises(TerminalLostError):
        peer_of(reply).follow_up(refund_of("KEY0000001", AMOUNT, "SIM000001"))


def test_a_charge_is_accepted_once_even_if_the_terminal_repeats_it(peer_of: PeerOf) -> None:
    accepted: list[bool] = []
    pending, approved = (
        b'{"state": "pending"}\n',
        b'{"state": "approved", "references": {"reference": "SIM000001"}}\n',
    )
    driver = peer_of(pending, pending, approved)
    reply = driver.present(CHARGE, "", lambda: accepted.append(True), 5)
    assert (reply.status, reply.reference, accepted) == (TerminalStatus.APPROVED, "SIM000001", [True])


def test_a_terminal_that_disconnects_during_a_charge_counts_as_lost(peer_of: PeerOf) -> None:
    with pytest.raises(TerminalLostError):
        peer_of(b'{"state": "pending"}\n').present(CHARGE, "", lambda: None, 5)


def test_a_closed_driver_sends_nothing(peer_of: PeerOf) -> None:
    driver = peer_of(b'{"state": "approved"}\n')
    driver.close()
    with pytest.raises(TerminalLostError):
        driver.query(presented("KEY0000001"))


def test_what_a_terminal_says_about_itself_is_one_line_without_control_characters(peer_of: PeerOf) -> None:
    probe = peer_of(b'{"model": "\\u001b[2J\\nok   terminal till", "serial": "a\\u202eb"}\n').probe()
    assert (probe.model, probe.serial) == ("?[2J?ok   terminal till", "a?b")
    assert ProbeFinding("\x1b[2J\r\nok").what == "?[2J??ok"
    assert ProbeFinding("Größe “Lin” 大").what == "Größe “Lin” 大"
