"""A store process on a large shop, and the steps of its shoppers over HTTP: looks, sizes, look-ups, orders, sales."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

from kiosk.core.domain.ids import ArticleId, ItemId, OrderId, ScannedId, ShopperId, Ticket, piece_id
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import (
    AdviseSize,
    CollectPayment,
    FindLooks,
    IdentifyShopper,
    PriceOrder,
    ReportVisit,
    TogglePiece,
)
from kiosk.core.visit.events import CardTapped
from tests.bench.large_shop import MEMBER, MEMBER_UID, LargeShop
from tests.kiosk.store.http_clients import HttpClient, mirror
from tests.kiosk.store.sample_shop import PREFIX
from tests.kiosk.store.shop_cards import key_file, link
from tests.kiosk.store.store_process import StoreProcess
from tests.kiosk.store.terminal_process import TerminalProcess, terminal_process

_NO_VISIT: Final = Ticket("t0")


def cpu_ms_of(process: int) -> float:
    """Time that the threads of a process have run so far, in ms (Linux, sched-stats.rst: the first value of schedstat,
    in ns). A thread that has ended counts no more."""
    total = 0
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):
            total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return total / 1e6


@dataclass
class LargeStore:
    """A running store process of a large shop, with the client of one room's mirror."""

    shop: LargeShop
    process: StoreProcess
    terminal: TerminalProcess
    room: HttpClient
    numbers: Iterator[int] = field(default_factory=count)
    ticket: Ticket = _NO_VISIT

    @property
    def memory_mb(self) -> float:
        """Resident memory of the store process in MB (Linux, proc(5): VmRSS)."""
        status = Path(f"/proc/{self.process.number}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    @property
    def cpu_ms(self) -> float:
        """Time that the threads of the store process have run so far, in ms."""
        return cpu_ms_of(self.process.number)

    def begin_visit(self, pieces: Sequence[ArticleId] = (), *, member: bool = False) -> ShopperId | None:
        """A new visit with these articles in the room; the member taps her card."""
        self.ticket = Ticket(f"t{next(self.numbers)}")
        self._ask("PUT", "/visit", ReportVisit(self.ticket, began=True, at_us=0))
        for article in pieces:
            self._ask("POST", "/pieces", TogglePiece(self.ticket, ScannedId(article)))
        if not member:
            return None
        tap = CardTapped(0, "desfire", MEMBER_UID, link(MEMBER_UID, next(self.numbers) + 1))
        shopper = self._ask("POST", "/identify", IdentifyShopper(self.ticket, tap))["shopper"]
        assert shopper["shopper_id"] == MEMBER
        return MEMBER

    def end_visit(self) -> None:
        self._ask("PUT", "/visit", ReportVisit(self.ticket, began=False, at_us=0))

    def looks(self, room: Sequence[ItemId], shopper: ShopperId | None = None) -> list[dict[str, Any]]:
        """The suggestions for a room."""
        question = FindLooks(self.ticket, 1, tuple(room), (), shopper)
        suggestions: list[dict[str, Any]] = self._ask("POST", "/looks", question)["suggestions"]
        return suggestions

    def size(self, article: ArticleId, shopper: ShopperId | None = None) -> None:
        self._ask("POST", "/size", AdviseSize(self.ticket, article, shopper))

    def look_up(self, article: ArticleId) -> None:
        """Scans a piece into the room and out of it again; the first of the two looks up its garment."""
        self._ask("POST", "/pieces", TogglePiece(self.ticket, ScannedId(piece_id(article, "7"))))

    def new_order(self) -> OrderId:
        return OrderId(f"o{next(self.numbers)}")

    def order(self, order: OrderId, article: ArticleId) -> None:
        """Orders one piece of an article."""
        piece = piece_id(article, str(next(self.numbers) + 1))
        self._ask("PUT", f"/orders/{order}", PriceOrder(self.ticket, order, ((piece, article),), None))

    def sell(self, order: OrderId) -> None:
        """Collects the order at the terminal, until it is paid."""
        collect = CollectPayment(self.ticket, order, PaymentMeans.TERMINAL, 1)
        self._ask("PUT", f"/orders/{order}/payment", collect)
        deadline, tapped = time.monotonic() + 20, False
        while self._ask("PUT", f"/orders/{order}/payment", collect)["state"] != "paid":
            assert time.monotonic() < deadline
            tapped = tapped or bool(self.terminal.do(do="tap", card="ok")["taken"])

    def _ask(self, method: str, path: str, body: object) -> Any:
        status, answer = self.room.of_room(method, path, body)
        assert status < 300, answer
        return answer


@contextmanager
def large_store(folder: Path, shop: LargeShop, rooms: int = 2) -> Iterator[LargeStore]:
    """A store of this shop in a process of its own, with its looks model; ended at the end of the block."""
    shop.write(folder / "state")
    shop.write_model(folder / "model")
    with ExitStack() as stack:
        terminal = stack.enter_context(terminal_process())
        process = StoreProcess(
            folder,
            terminal.uri,
            catalogue={"company_prefixes": [PREFIX[:6]]},
            recommender={"model": str(folder / "model")},
            cards={"keys_file": str(key_file(folder))},
            rooms={str(number): {"title": f"Room {number}"} for number in range(1, rooms + 1)},
        )
        stack.callback(process.close)
        process.start()
        yield LargeStore(
            shop, process, terminal, stack.enter_context(mirror(process.url, process.state, "1"))
        )
