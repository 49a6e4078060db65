"""What the shopper says of how a piece sits, and of herself where one question helps: taken in, and advised anew."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.fit_feedback import NOTHING_TOLD, Feel, Felt
from kiosk.core.domain.garment import size_shown
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit import on_facts as facts
from kiosk.core.visit.effects import Effect, KeepFeel
from kiosk.core.visit.fit_dials import dials_for, turned
from kiosk.core.visit.size_labels import home_systems
from kiosk.core.visit.state import Page, Visit, back, opened
from kiosk.core.visit.touches import FeltSaid, FitAsked, FitDialled, FitTold

Moved = tuple[Visit, tuple[Effect, ...]]
_IN_FEET = {"US", "UK"}


def subject(visit: Visit) -> Feel | None:
    """What can be felt of the garment in focus: the size chosen where it hangs here, else the piece touched."""
    focus = visit.focus
    if focus is None or len(focus.garment.colourway.sizes) < 2:
        return None
    here = [
        p for p in visit.pieces if p.counts and p.garment and p.garment.style_id == focus.garment.style_id
    ]
    chosen = [p for p in here if p.garment and p.garment.size == focus.size]
    touched = [p for p in here if p.epc == focus.epc]
    piece = next(iter((*chosen, *touched)), None)
    if piece is None or piece.garment is None or not size_shown(piece.garment.size):
        return None
    garment = piece.garment
    blank = Feel(garment.style_id, garment.size, Felt.RIGHT, category=garment.category)
    return said_of(visit, blank) or blank


def said_of(visit: Visit, of: Feel) -> Feel | None:
    """What was said of that size of that style; None as long as nothing was."""
    return next((f for f in visit.feels if (f.style_id, f.size) == (of.style_id, of.size)), None)


def told(visit: Visit, wish: FeltSaid | FitAsked | FitDialled | FitTold) -> Moved:
    """The visit after something was said of a piece, or of the shopper herself."""
    return _felt(visit, wish) if isinstance(wish, FeltSaid) else _fit(visit, wish)


def _felt(visit: Visit, wish: FeltSaid) -> Moved:
    """Remembered for this visit, kept for a member who consented, and the next advice asked for at once."""
    about = subject(visit)
    if about is None:
        return visit, ()
    known = said_of(visit, about)
    rest = tuple(f for f in visit.feels if f is not known)
    if wish.felt is None:
        after = replace(visit, feels=rest, follows=False)
        return _advised_anew(after, _kept(after, known, kept=False) if known else ())
    now = replace(about, felt=wish.felt, spot=wish.spot if wish.felt is not Felt.RIGHT else None)
    if now == known:
        return visit, ()
    after = replace(visit, feels=(*rest, now), follows=now.felt is not Felt.RIGHT)
    return _advised_anew(after, _kept(after, now))


def _kept(visit: Visit, feel: Feel, *, kept: bool = True) -> tuple[Effect, ...]:
    shopper = visit.shopper
    if shopper is None or shopper.tier < Tier.PROVED:
        return ()
    return (KeepFeel(visit.ticket, shopper.shopper_id, feel, kept),)


def kept_now(visit: Visit) -> tuple[Effect, ...]:
    """What was said before the shopper became known is hers as well."""
    return tuple(effect for feel in visit.feels for effect in _kept(visit, feel))


def _advised_anew(visit: Visit, effects: tuple[Effect, ...] = ()) -> Moved:
    visit = replace(visit, learned=visit.learned + 1)
    return visit, (*effects, *facts.size_questions(visit, visit.pieces))


def _fit(visit: Visit, wish: FitAsked | FitDialled | FitTold) -> Moved:
    """The one question: opened once in a visit, its dials turned, answered or skipped."""
    if isinstance(wish, FitAsked):
        return _opened(visit), ()
    if visit.page is not Page.FIT or visit.dials is None:
        return visit, ()
    if isinstance(wish, FitDialled):
        return replace(visit, dials=turned(visit.dials, wish.dial, wish.by)), ()
    told = visit.dials.told() if wish.said else NOTHING_TOLD
    after = replace(back(visit), dials=None, told=told)
    return _advised_anew(after) if told != NOTHING_TOLD else (after, ())


def _opened(visit: Visit) -> Visit:
    if visit.fit_asked or visit.focus is None:
        return visit
    advice = visit.advice_of(visit.focus.garment)
    homes = home_systems(visit)
    own = advice.own if advice else ""
    imperial = bool(_IN_FEET & {own, *(homes if len(homes) == 1 else ())})
    dials = dials_for(advice.runs if advice else (), imperial=imperial)
    return replace(opened(visit, Page.FIT), fit_asked=True, dials=dials)
