"""Putting a piece aside: when it is offered, and what a touch and the store's answers change."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.core.domain.floor.aside import Aside, AsideOffer, AsideState
from kiosk.core.domain.ids import ArticleId, PieceId
from kiosk.core.domain.service_request import Reached, RequestState, ServiceRequest
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit.asides.aside_event import AsideChanged, AsidesStated
from kiosk.core.visit.effects import PutAside, TakeBackAside
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.on_request import found_garment, withdraw_request
from kiosk.core.visit.state import StepResult, Visit, open_page
from kiosk.core.visit.touches import AsideRequested, AsideWithdrawn

MAX_WAITING: Final = 6
"""Pieces that are put aside in one visit: with more, the codes would be too small to be read."""


def aside_of(visit: Visit, article: ArticleId | None) -> Aside | None:
    """The piece of that article that waits for her; None where none does."""
    return next((a for a in visit.asides if a.article == article and a.state.waits_for_her), None)


def of_earlier_visits(visit: Visit) -> tuple[Aside, ...]:
    """What is put aside for the member who has proved her card in this visit, since earlier ones."""
    shopper = visit.shopper
    return shopper.asides if shopper is not None and shopper.tier >= Tier.PROVED else ()


def asides_stated(visit: Visit, stated: AsidesStated) -> Visit:
    """The visit with what is put aside for its member. What is of another member, of a card of before, is dropped."""
    shopper = visit.shopper
    if shopper is None or shopper.tier < Tier.PROVED or shopper.shopper_id != stated.shopper_id:
        return visit
    return replace(visit, shopper=replace(shopper, asides=stated.asides))


def is_alone(visit: Visit, request: ServiceRequest) -> bool:
    """Whether a request waits and there is nobody to ask."""
    if request.state is not RequestState.RECEIVED:
        return False
    return request.reached is Reached.NOBODY or (not visit.shop.staff.names and not request.asked)


def offers_aside(visit: Visit, article: ArticleId | None, piece_id: PieceId | None) -> bool:
    """Whether a piece can be put aside: a piece in the room that is for sale, or one of the shop's stock."""
    if article is None or not _is_offered(visit, article) or aside_of(visit, article) is not None:
        return False
    if sum(one.state.waits_for_her for one in (*visit.asides, *of_earlier_visits(visit))) >= MAX_WAITING:
        return False
    if piece_id is not None:
        piece = visit.piece(piece_id)
        return piece is not None and visit.why_not(piece) is None
    found = found_garment(visit, article)
    asked = any(r.article == article for r in visit.open_requests)
    return asked if found is None else found[2].here > 0


def _is_offered(visit: Visit, article: ArticleId) -> bool:
    offer = visit.settings.put_aside
    if not visit.shop.store or offer is AsideOffer.NEVER:
        return False
    alone = any(r.article == article and is_alone(visit, r) for r in visit.open_requests)
    return offer is AsideOffer.ALWAYS or alone or not visit.shop.staff.names


def on_aside_touch(visit: Visit, touch: AsideRequested | AsideWithdrawn) -> StepResult:
    """The visit after a touch."""
    if isinstance(touch, AsideWithdrawn):
        return _withdrawn(visit, touch.aside_id)
    if not offers_aside(visit, touch.article, touch.piece):
        return visit, ()
    number = visit.last_number + 1
    aside = _shown(
        visit, Aside(f"{visit.ticket}.a{number}", visit.room, visit.ticket, touch.article, piece=touch.piece)
    )
    visit = replace(visit, asides=(*visit.asides, aside), last_number=number)
    effect = PutAside(visit.ticket, aside.aside_id, touch.article, touch.piece)
    return open_page(visit, Page.REQUEST), (effect,)


def _shown(visit: Visit, aside: Aside) -> Aside:
    """With what the mirror knows of it, until the store has answered."""
    found = found_garment(visit, aside.article)
    if found is not None:
        garment, colour, stock = found
        return replace(aside, name=garment.name, size=stock.size, colour=colour.name, picture=colour.picture)
    asked = next((r for r in visit.open_requests if r.article == aside.article), None)
    if asked is None:
        return aside
    return replace(aside, name=asked.name, size=asked.size, colour=asked.colour, picture=asked.picture)


def _withdrawn(visit: Visit, aside_id: str) -> StepResult:
    earlier = of_earlier_visits(visit)
    known = next((a for a in (*visit.asides, *earlier) if a.aside_id == aside_id), None)
    if known is None or not known.state.waits_for_her:
        return visit, ()
    if visit.shopper is not None and known in earlier:
        left = tuple(a for a in earlier if a.aside_id != aside_id)
        after = replace(visit, shopper=replace(visit.shopper, asides=left))
        return after, (TakeBackAside(visit.ticket, aside_id),)
    rest = tuple(a for a in visit.asides if a.aside_id != aside_id)
    return replace(visit, asides=rest), (TakeBackAside(visit.ticket, aside_id),)


def aside_changed(visit: Visit, change: AsideChanged) -> StepResult:
    """The visit after an answer or an event. Once it is put aside, nobody need bring it: what she asked for before is
    taken back. Of what she has taken back nothing is shown."""
    aside = change.aside
    known = next((a for a in visit.asides if a.aside_id == aside.aside_id), None)
    if known is None or (aside.revision < known.revision and aside.state is not AsideState.REFUSED):
        return visit, ()
    if aside.state is AsideState.REFUSED:
        aside = replace(known, state=AsideState.REFUSED)
    visit = replace(visit, asides=tuple(aside if a.aside_id == aside.aside_id else a for a in visit.asides))
    waiting = [
        r for r in visit.open_requests if r.article == aside.article and r.state is RequestState.RECEIVED
    ]
    if not waiting or aside.state is not AsideState.ASKED:
        return visit, ()
    return withdraw_request(visit, waiting[0].request_id)
