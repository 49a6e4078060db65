"""A store that is killed with SIGKILL between the mail server's acceptance and the note of it, and while mail waits.

The client's QUIT comes after it has read the acceptance of the message and before it notes it; the server's answer to
QUIT is where the store is killed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest

from kiosk.connectors.fiscal.sim_book import Fault
from kiosk.connectors.fiscal.sim_register import RegisterServer
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from tests.kiosk.connectors.messages.mail_server import MailServer, mail_server
from tests.kiosk.store.http_clients import associate, mirror, read_stream
from tests.kiosk.store.payments.payment_steps import SHIRT, TICKET, ends
from tests.kiosk.store.sample_shop import PIN
from tests.kiosk.store.store_process import StoreProcess
from tests.kiosk.store.terminal_process import TerminalProcess, terminal_process

ADDRESS = "clara.secret@example.com"


@dataclass(frozen=True, slots=True)
class Shop:
    """A store process with a mail server of this process."""

    store: StoreProcess
    terminal: TerminalProcess
    server: MailServer

    def sell_and_send(self) -> None:
        """Sells a piece, and an associate has its receipt sent."""
        with (
            mirror(self.store.url, self.store.state, "1") as room,
            read_stream(room, "/api/v1/rooms/1/stream") as stream,
        ):
            room.of_room("PUT", "/orders/o1", PriceOrder(TICKET, OrderId("o1"), (SHIRT,), None))
            collect = CollectPayment(TICKET, OrderId("o1"), PaymentMeans.TERMINAL, 1)
            room.of_room("PUT", "/orders/o1/payment", collect)
            ends(stream, "sent")
            while not self.terminal.do(do="tap", card="ok")["taken"]:
                Event().wait(0.02)
            ends(stream, "paid")
        with associate(self.store.url, "a-ines", PIN) as ines:
            assert ines.ask("POST", "/api/v1/receipts/o1/mail", {"address": ADDRESS})[0] == 202

    def states(self) -> list[str]:
        """What became of the messages, as the desk shows it."""
        with associate(self.store.url, "a-ines", PIN) as ines:
            return [sent["state"] for sent in ines.ask("GET", "/api/v1/receipts/o1")[1]["sent"]]


@contextmanager
def shop(folder: Path, **more: object) -> Iterator[Shop]:
    """The shop, with its store running."""
    with mail_server() as server, terminal_process() as terminal:
        mail = {"uri": f"smtp://127.0.0.1:{server.port}", "sender": "receipts@shop.example"}
        store = StoreProcess(folder, terminal.uri, receipts={"mail": mail}, **more)
        try:
            store.start()
            yield Shop(store, terminal, server)
        finally:
            store.close()


def once(do: Callable[[], None]) -> Callable[[], None]:
    """Does it at the first call only."""
    left = [do]
    return lambda: left.pop()() if left else None


def until_sent(sold: Shop) -> list[str]:
    """Follows the messages until none waits."""
    while "waiting" in (now := sold.states()):
        Event().wait(0.05)
    return now


@pytest.mark.full
@pytest.mark.timeout(600)
def test_a_kill_right_after_the_server_took_it_sends_the_same_message_once_more(tmp_path: Path) -> None:
    with shop(tmp_path) as sold:
        sold.server.on_quit = once(sold.store.kill)
        sold.sell_and_send()
        sold.server.wait_for(1)
        sold.store.wait()
        sold.store.start()
        sold.server.wait_for(2)
        assert until_sent(sold) == ["sent"]
        sold.store.kill()
        sold.store.start()
        assert sold.states() == ["sent"]
        first, *second = sold.server.received
        # the guide says so: it may arrive twice, with the same Message-ID
        assert [one["Message-ID"] for one in second] == [first["Message-ID"]]
        assert b"clara.secret" not in b"".join(
            f.read_bytes() for f in sold.store.state.rglob("*") if f.is_file()
        )


@pytest.mark.full
@pytest.mark.timeout(600)
def test_a_kill_while_the_register_is_away_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with RegisterServer() as register:
        register.register.faults.extend([Fault.DOWN] * 1000)
        with shop(tmp_path, fiscal={"uri": register.url}) as sold:
            sold.sell_and_send()
            sold.store.kill()
            sold.store.start()
            assert (sold.states(), sold.server.received) == (["waiting"], [])
            sold.store.kill()
            register.register.faults.clear()
            sold.store.start()
            sold.server.wait_for(1, 90)
            assert until_sent(sold) == ["sent"]
            sold.store.kill()
            sold.store.start()
            assert (sold.states(), len(sold.server.received)) == (["sent"], 1)
