"""What all steps use: the world, who is in it, what the ledger has, and what is true at the terminals."""

from __future__ import annotations

from kiosk.core.domain.ids import OrderId, RoomId
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.lifecycle import Store
from tests.faults.checkout.journal import Journal
from tests.faults.checkout.people import SCANNED, TAG_OF_SCAN, People, Visit
from tests.faults.checkout.truth import Truth
from tests.faults.checkout.world import World


class StepsBase:
    """Base of the steps of each group. `strangers`: who has paid for somebody else."""

    def __init__(self, world: World, people: People, journal: Journal) -> None:
        self._world, self._people, self._journal = world, people, journal
        self.truth = Truth(world, people)
        self.strangers: list[str] = []

    @property
    def _store(self) -> Store:
        return self._world.store

    def show_visits(self) -> None:
        """The mirrors report their visits, as after each start of the store."""
        for visit in self._people.visits.values():
            self._report(visit, began=True)
        if self._people.identified:
            self._do_identify()

    def _report(self, visit: Visit, *, began: bool) -> None:
        report = ReportVisit(visit.ticket, began=began, at_us=self._world.clock())
        self._store.service.report_visit(RoomId(visit.room), report)

    def _is_paid(self, order: OrderId) -> bool:
        return self._store.payments.book.paid_attempt(order) is not None

    def _do_identify(self) -> None:
        """The tag of the piece that was scanned without serial is read."""
        self._people.identified = True
        self._store.resources.catalogue.identify(SCANNED, TAG_OF_SCAN)
