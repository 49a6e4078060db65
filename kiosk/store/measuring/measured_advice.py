"""Looks and sizes for the mirrors, as far as a trial leaves them on; what is sent to a visit is counted."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.advice import SizeAdvice, Suggestion
from kiosk.core.domain.ids import RoomId
from kiosk.core.visit.effects import AdviseSize, FindLooks
from kiosk.store.errors import NotFoundError, VisitOverError
from kiosk.store.insights.advice_counts import AdviceCounts
from kiosk.store.insights.item_events import ItemEventKind
from kiosk.store.service import Service
from kiosk.store.trials.running_trial import RunningTrial
from kiosk.store.trials.trial import Feature


@dataclass(frozen=True, slots=True)
class MeasuredAdvice:
    """The advice of `service`. Safe from any thread; waits for no writer."""

    service: Service
    trial: RunningTrial
    counts: AdviceCounts

    def find_looks(self, room: RoomId, question: FindLooks) -> tuple[Suggestion, ...]:
        """Pieces to combine with those in the room; none where a trial has switched them off."""
        if not self.trial.is_on(Feature.LOOKS, room, question.ticket):
            return ()
        found = self.service.find_looks(room, question)
        suggested = [(str(suggestion.garment.item), "") for suggestion in found]
        self.counts.add(room, question.ticket, ItemEventKind.SUGGESTED, suggested, self.service.now_us())
        return found

    def for_associate(self, room: RoomId, occupied_since_us: int) -> tuple[Suggestion, ...]:
        """What goes with the pieces in a room, for the associate who puts a look together; not counted as suggested.
        What the member bought is used only if she lets associates see clues about her. Raises NotFoundError if nobody
        is in the room, VisitOverError if it is another visit."""
        visit = self.service.floor.room(room).visit
        if visit is None:
            raise NotFoundError("nobody is in this room")
        if visit.began_us != occupied_since_us:
            raise VisitOverError
        if not self.trial.is_on(Feature.LOOKS, room, visit.ticket):
            return ()
        items = tuple(dict.fromkeys(garment.item for garment in self.service.floor.garments_in(room)))
        member = visit.shopper.shopper_id if visit.shopper is not None and visit.clues else None
        return self.service.find_looks(room, FindLooks(visit.ticket, 0, items, (), member))

    def advise_size(self, room: RoomId, question: AdviseSize) -> SizeAdvice | None:
        """The size to take; None where a trial has switched the advice off. One size alone is counted as advice."""
        if not self.trial.is_on(Feature.SIZES, room, question.ticket):
            return None
        found = self.service.advise_size(room, question)
        garment = self.service.catalogue.garment(question.article) if found is not None else None
        if found is not None and garment is not None and len(found.sizes) == 1:
            advised = [(str(garment.item), found.sizes[0])]
            self.counts.add(room, question.ticket, ItemEventKind.ADVISED, advised, self.service.now_us())
        return found
