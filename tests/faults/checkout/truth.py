"""What an associate sees at the terminal when she looks at a task, does there by hand, and says then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.connectors.payments.sim_book import SimBookEntry
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import AssociateId
from kiosk.core.domain.money import Money
from kiosk.store.payments.desk_tasks.desk_task import TaskKind, UnsettledTransaction
from kiosk.store.payments.transactions.confirmation import Unconfirmed
from kiosk.store.staff.associates import Associate
from tests.faults.checkout.device import Device
from tests.faults.checkout.people import People, Slip
from tests.faults.checkout.world import World

INES: Final = Associate(AssociateId("a-ines"), "Inès")


@dataclass(frozen=True, slots=True)
class Word:
    """What she says of a task; `reference` is the acquirer's number."""

    done: bool
    reference: str = ""


class Truth:
    """Looks at all terminals, also those that are not configured."""

    def __init__(self, world: World, people: People) -> None:
        self._world, self._people = world, people

    def charge(self, key: str) -> tuple[Device, SimBookEntry] | None:
        """The terminal and what the bank knows of a key; None if nothing arrived under it."""
        for device in self._world.devices.values():
            entry = device.find(key)
            if entry is not None:
                return device, entry
        return None

    def kept(self, order: str) -> int:
        """What cards have lost for an order, or is still held on them, at all terminals, in minor units."""
        devices = self._world.devices.values()
        at_devices = sum(d.kept(charge) + d.held(charge) for d in devices for charge in d.charges(order))
        return at_devices + sum(slip.minor for slip in self._people.slips.values() if slip.order == order)

    def word(self, task: UnsettledTransaction) -> Word | None:
        """Looks, does by hand what is left to do there, and says what is true then.

        None: the terminal has collected what only the settlement denies so far, so she leaves it to the next one.
        """
        if task.task in (TaskKind.FOREIGN_SALE, TaskKind.PAID_OUT):
            return Word(True)
        if task.refund:
            return self._of_follow_up(task)
        found = self.charge(task.key)
        if found is None:
            return self._of_slip(task)
        device, entry = found
        match task.task:
            case TaskKind.UNWANTED:
                device.give_back(entry)
                return Word(True)
            case TaskKind.CAPTURE:
                device.capture(entry)
                # Where it cannot be captured any more, the sale is taken back.
                return Word(not entry.voided)
            case TaskKind.CONTRADICTION:
                return self._of_contradiction(task, kept=device.kept(entry) > 0)
        if entry.approved != entry.minor or not entry.collected:
            device.give_back(entry)
        return Word(device.kept(entry) > 0, entry.reference)

    def _of_contradiction(self, task: UnsettledTransaction, *, kept: bool) -> Word | None:
        attempt = self._world.store.payments.book.attempt(task.key)
        if task.said_done and kept and attempt is not None and attempt.provisional:
            return None
        return Word(task.said_done and kept)

    def reported(self, one: Unconfirmed) -> tuple[Money | None, str]:
        """What the provider's settlement says: the amount that was moved, None for none; the acquirer's number."""
        found, slip = self.charge(one.key), self._people.slips.get(one.key)
        if found is None:
            moved = None if slip is None else Money(abs(slip.minor), one.amount.currency)
            return moved, slip.number if slip else ""
        device, entry = found
        minor = device.kept(entry) if one.charge else entry.minor * (entry.state == "approved")
        return (Money(minor, one.amount.currency) if minor else None), entry.reference

    def _of_slip(self, task: UnsettledTransaction) -> Word:
        slip = self._people.slips.get(task.key)
        if slip is not None and task.task is TaskKind.UNWANTED:
            self._people.slips[f"back-{task.key}"] = Slip(slip.order, -slip.minor, f"B{slip.number}")
            return Word(True)
        return Word(slip is not None or task.task is TaskKind.UNWANTED, slip.number if slip else "")

    def _of_follow_up(self, task: UnsettledTransaction) -> Word:
        if task.task is TaskKind.CONTRADICTION:
            self._keep_promise(task)
            return Word(True)
        found, slip = self.charge(task.key), self._people.slips.get(task.key)
        if found is None:
            return Word(slip is not None, slip.number if slip else "")
        _, entry = found
        if task.follow_up in (FollowUpKind.VOID, FollowUpKind.CAPTURE):
            return Word(entry.state == "approved", entry.reference)
        return Word(entry.repaid > 0, entry.reference)

    def _keep_promise(self, task: UnsettledTransaction) -> None:
        """What a person has called paid back, and was not, she pays back by hand."""
        found = self.charge(task.key)
        if not task.said_done or task.follow_up is not None or (found is not None and found[1].repaid):
            return
        for device in self._world.devices.values():
            for charge in device.charges(task.order_id):
                if device.kept(charge) >= task.amount.minor:
                    device.give_back(charge, task.amount.minor)
                    return
