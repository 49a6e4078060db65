"""The destinations of the configuration, each with its own thread: a slow one holds up no other, and no payment."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from hardware.threads.supervised import Loop, ThreadState
from kiosk.clock import US
from kiosk.config.sales.sales_out import SalesFolder, SalesHook, SalesOut
from kiosk.connectors.sales_out.files import FilesDestination, folder_mistake
from kiosk.connectors.sales_out.https import HttpsDestination
from kiosk.connectors.sales_out.port import Destination, NoDestinationError
from kiosk.connectors.web_hooks.host_rule import Network
from kiosk.connectors.web_hooks.https_hook import HookPlace
from kiosk.store.db.unusable import UNUSABLE
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.payments.books.period import ShopDays
from kiosk.store.sales_out.delivery import Delivery, DeliverySource
from kiosk.store.sales_out.reading import Mark, Waiting
from kiosk.store.sales_out.report import DestinationReport
from kiosk.store.sales_out.state_rows import Act, Decision, DestinationState

log = logging.getLogger(__name__)
EVERY_S: Final = 5.0
LATE_S: Final = 1_200.0
"""A round gives the documents of some hundreds of entries, each for up to a minute."""
CLOSE_S: Final = 12.0


class SalesDestinations:
    """All destinations of the configuration. Safe from any thread."""

    def __init__(self, settings: SalesOut, source: DeliverySource, zone: ZoneInfo) -> None:
        self._settings, self._source, self._zone = settings, source, zone
        self._loops: dict[str, tuple[Delivery, Loop, Destination]] = {}
        self._unusable: dict[str, str] = {}
        self._head = 0
        self._counted: dict[str, tuple[Mark, Mark, Waiting]] = {}

    def start(self) -> None:
        """Begins to give documents. A destination that cannot be used is left out, with an error in the log."""
        for name, each in self._settings.destinations.items():
            try:
                self._start(name, open_destination(name, each, self._zone))
            except NoDestinationError as error:
                self._unusable[name] = str(error)
                log.error("sales out %s: %s", name, error)

    def _start(self, name: str, destination: Destination) -> None:
        delivery = Delivery(name, destination, self._source, lambda: loop.stopping)
        loop = Loop(f"sales out {name}", delivery.deliver, EVERY_S, late_s=LATE_S, at_once=True)
        self._loops[name] = delivery, loop, destination
        loop.start()

    def wake(self, head: int) -> None:
        """To be called with the number of the ledger's last entry: what is new is given at once."""
        if head != self._head:
            self._head = head
            for _, loop, _ in self._loops.values():
                loop.wake()

    def thread_states(self) -> tuple[ThreadState, ...]:
        """The states of their threads."""
        return tuple(loop.thread.state for _, loop, _ in self._loops.values())

    def reports(self) -> tuple[DestinationReport, ...]:
        """How each destination of the configuration does."""
        late_us = self._settings.late_minutes * 60 * US
        found = []
        for name, section, to in self._places():
            plain = DestinationReport(name, section, to, late_us)
            if name in self._loops:
                plain = self._report(plain)
            found.append(replace(plain, unusable=self._unusable.get(name, "")))
        return tuple(found)

    def decisions(self, name: str) -> tuple[Decision, ...]:
        """What persons decided about a destination, the newest first. Raises NotFoundError, SQLAlchemyError."""
        self._running(name)
        return self._source.rows.decisions(name)

    def retry(self, name: str, document: str, by: str) -> None:
        """Gives the document that is refused once more. Raises NotFoundError, RefusedError, SQLAlchemyError."""
        self._decide(name, Act.RETRY, "", by, document)

    def skip(self, name: str, document: str, reason: str, by: str) -> None:
        """Never gives the document that is refused. Raises NotFoundError, RefusedError, SQLAlchemyError."""
        if not reason.strip():
            raise RefusedError("say why it is skipped")
        self._decide(name, Act.SKIP, reason.strip(), by, document)

    def replay(self, name: str, first: date, by: str, *, dry_run: bool) -> int:
        """Gives all documents from a day of the shop on again, with the ids they had; how many, at most. `dry_run`:
        only says how many. Raises NotFoundError, SQLAlchemyError, LedgerDamagedError."""
        self._running(name)
        period = ShopDays(self._zone).period(first, None)
        mark = self._source.reader.mark_before(period.from_us)
        count = self._source.reader.waiting(mark).count
        if not dry_run:
            self._decide(name, Act.REPLAY, f"from {first.isoformat()}", by, "", mark)
        return count

    def close(self) -> None:
        """Ends; what was not taken is given after the next start."""
        for _, loop, _ in self._loops.values():
            loop.stop()
        for _, loop, destination in self._loops.values():
            loop.close(CLOSE_S)
            destination.close()

    def _decide(
        self, name: str, act: Act, reason: str, by: str, document: str, to: Mark | None = None
    ) -> None:
        delivery, loop = self._running(name)
        delivery.decide(act, reason, by, document, to)
        loop.wake()

    def _running(self, name: str) -> tuple[Delivery, Loop]:
        if name not in self._loops:
            raise NotFoundError("there is no such destination, or it cannot be used")
        return self._loops[name][:2]

    def _waiting(self, name: str, state: DestinationState) -> Waiting:
        """What waits for a destination: counted anew only from where it was counted last."""
        newest, reader = self._source.reader.newest, self._source.reader
        mark, upto, known = self._counted.get(name, (None, None, Waiting()))
        if mark != state.mark or upto is None:
            known, upto = Waiting(), state.mark
        if upto != newest:
            known = known.with_more(reader.waiting(upto, newest))
        self._counted[name] = (state.mark, newest, known)
        return known

    def _report(self, plain: DestinationReport) -> DestinationReport:
        try:
            state = self._loops[plain.name][0].state()
            return replace(plain, state=state, waiting=self._waiting(plain.name, state))
        except UNUSABLE as error:
            return replace(plain, unread=type(error).__name__)

    def _places(self) -> Iterator[tuple[str, str, str]]:
        yield from ((name, "folders", str(each.folder)) for name, each in self._settings.folders.items())
        yield from ((name, "web_hooks", each.url) for name, each in self._settings.web_hooks.items())


def open_destination(name: str, configured: SalesFolder | SalesHook, zone: ZoneInfo) -> Destination:
    """A destination of the configuration; connects to nothing. Raises NoDestinationError."""
    if isinstance(configured, SalesFolder):
        return FilesDestination(configured.folder, zone)
    return HttpsDestination(sales_hook_place(name, configured), template=configured.template)


def destination_mistake(name: str, configured: SalesFolder | SalesHook) -> str:
    """Why a destination of the configuration cannot be used now; empty if nothing is known. Connects to nothing."""
    if isinstance(configured, SalesFolder):
        return folder_mistake(configured.folder)
    try:
        HttpsDestination(sales_hook_place(name, configured), template=configured.template)
    except NoDestinationError as error:
        return str(error)
    return ""


def sales_hook_place(name: str, hook: SalesHook) -> HookPlace:
    """A web hook of the configuration."""
    return HookPlace(
        hook.url, hook.key_file, Network(hook.network), hook.ca_file, timeout_s=hook.timeout_s,
        section=f"sales_out.web_hooks.{name}",
    )  # fmt: skip
