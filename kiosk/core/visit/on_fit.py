"""What the shopper says of how a piece sits, and of herself where one question helps: taken in, and advised anew."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.fit_feedback import NO_BODY_FACTS, FitFeedback, FitRating
from kiosk.core.domain.garment import displayed_size
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit import on_facts as facts
from kiosk.core.visit.effects import Effect, SaveFitFeedback
from kiosk.core.visit.fit_dials import adjusted, new_form
from kiosk.core.visit.size_labels import home_systems
from kiosk.core.visit.state import Page, Visit, open_page, previous_page
from kiosk.core.visit.touches import FitAnswered, FitFieldChanged, FitQuestionOpened, FitRated

Moved = tuple[Visit, tuple[Effect, ...]]
_IN_FEET = {"US", "UK"}


def rateable_piece(visit: Visit) -> FitFeedback | None:
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
    if piece is None or piece.garment is None or not displayed_size(piece.garment.size):
        return None
    garment = piece.garment
    blank = FitFeedback(garment.style_id, garment.size, FitRating.RIGHT, category=garment.category)
    return feedback_on(visit, blank) or blank


def feedback_on(visit: Visit, of: FitFeedback) -> FitFeedback | None:
    """What was said of that size of that style; None as long as nothing was."""
    return next((f for f in visit.feels if (f.style_id, f.size) == (of.style_id, of.size)), None)


def on_fit_touch(visit: Visit, wish: FitRated | FitQuestionOpened | FitFieldChanged | FitAnswered) -> Moved:
    """The visit after something was said of a piece, or of the shopper herself."""
    return _felt(visit, wish) if isinstance(wish, FitRated) else _fit(visit, wish)


def _felt(visit: Visit, wish: FitRated) -> Moved:
    """Remembered for this visit, kept for a member who consented, and the next advice asked for at once."""
    about = rateable_piece(visit)
    if about is None:
        return visit, ()
    known = feedback_on(visit, about)
    rest = tuple(f for f in visit.feels if f is not known)
    if wish.felt is None:
        after = replace(visit, feels=rest, follows=False)
        return _advised_anew(after, _kept(after, known, kept=False) if known else ())
    now = replace(about, felt=wish.felt, spot=wish.spot if wish.felt is not FitRating.RIGHT else None)
    if now == known:
        return visit, ()
    after = replace(visit, feels=(*rest, now), follows=now.felt is not FitRating.RIGHT)
    return _advised_anew(after, _kept(after, now))


def _kept(visit: Visit, feel: FitFeedback, *, kept: bool = True) -> tuple[Effect, ...]:
    shopper = visit.shopper
    if shopper is None or shopper.tier < Tier.PROVED:
        return ()
    return (SaveFitFeedback(visit.ticket, shopper.shopper_id, feel, kept),)


def feedback_to_save(visit: Visit) -> tuple[Effect, ...]:
    """What was said before the shopper became known is hers as well."""
    return tuple(effect for feel in visit.feels for effect in _kept(visit, feel))


def _advised_anew(visit: Visit, effects: tuple[Effect, ...] = ()) -> Moved:
    visit = replace(visit, learned=visit.learned + 1)
    return visit, (*effects, *facts.size_questions(visit, visit.pieces))


def _fit(visit: Visit, wish: FitQuestionOpened | FitFieldChanged | FitAnswered) -> Moved:
    """The one question: opened once in a visit, its dials turned, answered or skipped."""
    if isinstance(wish, FitQuestionOpened):
        return _opened(visit), ()
    if visit.page is not Page.FIT or visit.dials is None:
        return visit, ()
    if isinstance(wish, FitFieldChanged):
        return replace(visit, dials=adjusted(visit.dials, wish.dial, wish.by)), ()
    told = visit.dials.told() if wish.said else NO_BODY_FACTS
    after = replace(previous_page(visit), dials=None, told=told)
    return _advised_anew(after) if told != NO_BODY_FACTS else (after, ())


def _opened(visit: Visit) -> Visit:
    if visit.fit_asked or visit.focus is None:
        return visit
    advice = visit.advice_of(visit.focus.garment)
    homes = home_systems(visit)
    own = advice.own if advice else ""
    imperial = bool(_IN_FEET & {own, *(homes if len(homes) == 1 else ())})
    dials = new_form(advice.runs if advice else (), imperial=imperial)
    return replace(open_page(visit, Page.FIT), fit_asked=True, dials=dials)
