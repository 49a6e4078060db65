"""Cards about pieces that are put aside for the shopper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.core.domain.floor.aside import IN_ROOM, Aside, AsideState
from kiosk.core.domain.garment import displayed_size
from kiosk.core.scene.outline import Outline, outline_of
from kiosk.core.visit.asides.on_aside import MAX_WAITING, of_earlier_visits
from kiosk.core.visit.on_request import found_garment
from kiosk.core.visit.state import Visit


@dataclass(frozen=True, slots=True)
class AsideCard:
    """A piece that is put aside. `code`: with which she fetches it; `day`, `month`, `time`: until when."""

    aside_id: str
    state: AsideState
    name: str
    size: str
    colour: str
    picture: str
    code: str = field(repr=False)
    by: str = field(repr=False)
    """First name of the associate who has put it aside."""
    day: int
    month: int
    time: str
    in_room: bool
    """It hangs in her room: she can leave it there."""
    waits: bool
    """She may count on it; it can be taken back."""
    outline: Outline = Outline.HANGER
    """Shown where its picture cannot be."""


def aside_cards(visit: Visit) -> tuple[AsideCard, ...]:
    """What waits for her, also since earlier visits, and the last one that does not: more would make the others too
    small."""
    over = [one for one in visit.asides if not one.state.waits_for_her]
    shown = [one for one in visit.asides if one.state.waits_for_her or one is over[-1]]
    waiting = sum(one.state.waits_for_her for one in shown)
    earlier = of_earlier_visits(visit)[: max(0, MAX_WAITING - waiting)]
    return tuple(_card(visit, one) for one in (*shown, *earlier))


def _card(visit: Visit, aside: Aside) -> AsideCard:
    language, found = visit.language, found_garment(visit, aside.article)
    until = datetime.fromisoformat(aside.until) if aside.until else None
    return AsideCard(
        aside_id=aside.aside_id,
        state=aside.state,
        name=aside.name.in_language(language),
        size=displayed_size(aside.size),
        colour=aside.colour.in_language(language),
        picture=aside.picture,
        code=aside.code,
        by=aside.by,
        day=until.day if until else 0,
        month=until.month if until else 0,
        time=f"{until.hour:02}:{until.minute:02}" if until else "",
        in_room=aside.lies == IN_ROOM and aside.ticket == visit.ticket,
        waits=aside.state.waits_for_her,
        outline=outline_of(found[0].category if found else ""),
    )
