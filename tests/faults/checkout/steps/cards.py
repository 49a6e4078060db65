"""Cards: a shopper lays hers on the terminal when a mirror or an associate asks her to, or late."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.domain.payment import Attempt, PaymentState
from tests.faults.checkout.steps.base import StepsBase
from tests.faults.checkout.world import DESK


class CardSteps(StepsBase):
    """Steps with cards."""

    def _of_cards(self) -> Iterator[str]:
        for attempt in self._told_to_tap():
            yield from (f"{how} {attempt.order_id}" for how in (*["tap"] * 6, "decline", "part"))
        for name, device in self._world.devices.items():
            entry = device.waiting()
            if entry is not None and self._has_left(entry.order):
                yield f"late-tap {name}"

    def _told_to_tap(self) -> list[Attempt]:
        """The attempts for which a mirror, or an associate, asks for the card now."""
        found = self._store.payments.book.open_attempts()
        return [
            a
            for a in found
            if a.state is PaymentState.SENT
            and a.terminal != DESK
            and (str(a.order_id).startswith("desk-") or self._is_present(a.order_id))
        ]

    def _is_present(self, order: str) -> bool:
        return any(visit.order == order for visit in self._people.visits.values())

    def _has_left(self, order: str) -> bool:
        return not order.startswith("desk-") and not self._is_present(order)

    def _do_tap(self, order: str) -> None:
        self._read_card(order, good=True)

    def _do_decline(self, order: str) -> None:
        self._read_card(order, good=False)

    def _do_part(self, order: str) -> None:
        self._read_card(order, good=True, part=True)

    def _read_card(self, order: str, *, good: bool, part: bool = False) -> None:
        for attempt in self._told_to_tap():
            device = self._world.device_of(attempt.terminal_id)
            entry = device.waiting() if device is not None else None
            if attempt.order_id != order or device is None or entry is None:
                continue
            if entry.order != order:
                self.strangers.append(f"the shopper of {order} is asked for her card and pays {entry.order}")
            device.read(entry.key, good=good, part=part)

    def _do_late_tap(self, name: str) -> None:
        """A shopper who has left the room still stands at the terminal that waits for her."""
        device = self._world.devices[name]
        entry = device.waiting()
        if entry is not None and self._has_left(entry.order):
            device.read(entry.key, good=True)
