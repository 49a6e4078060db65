"""Touches about fit: how a piece sits, and the one question about the shopper; each changes the size advice."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.advice import SizeAdvice, SizeDoubt
from kiosk.core.domain.fit_feedback import NO_BODY_FACTS, FitFeedback, FitRating, SizeQuestion
from kiosk.core.domain.garment import displayed_size
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit import on_facts as facts
from kiosk.core.visit.effects import Effect, SaveFitFeedback
from kiosk.core.visit.fit_form import FitMethod, adjusted, new_form
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.size_labels import home_systems
from kiosk.core.visit.state import Fit, StepResult, Visit, open_page, previous_page
from kiosk.core.visit.touches import FitAnswered, FitFieldChanged, FitQuestionOpened, FitRated

_FitTouch = FitRated | FitQuestionOpened | FitFieldChanged | FitAnswered
_IMPERIAL = {"US", "UK"}
"""Size systems whose shoppers read feet and pounds."""


def rateable_piece(visit: Visit) -> FitFeedback | None:
    """The piece in focus that can be rated, with its rating if it has one: the chosen size where it hangs in the room,
    else the touched piece. None for a suggestion and for what comes in one size."""
    focus = visit.focus
    if focus is None or len(focus.garment.colourway.sizes) < 2:
        return None
    here = [
        p for p in visit.pieces if p.certain and p.garment and p.garment.style_id == focus.garment.style_id
    ]
    chosen = [p for p in here if p.garment and p.garment.size == focus.size]
    touched = [p for p in here if p.piece_id == focus.piece]
    piece = next(iter((*chosen, *touched)), None)
    if piece is None or piece.garment is None or not displayed_size(piece.garment.size):
        return None
    garment = piece.garment
    blank = FitFeedback(garment.style_id, garment.size, FitRating.RIGHT, category=garment.category)
    return feedback_on(visit, blank) or blank


def feedback_on(visit: Visit, of: FitFeedback) -> FitFeedback | None:
    """The feedback given on that size of that style; None where there is none."""
    return next((f for f in visit.fit.feedback if (f.style_id, f.size) == (of.style_id, of.size)), None)


def on_fit_touch(visit: Visit, touch: _FitTouch) -> StepResult:
    """The visit after a touch about fit."""
    return _rated(visit, touch) if isinstance(touch, FitRated) else _question(visit, touch)


def _rated(visit: Visit, touch: FitRated) -> StepResult:
    """Kept for this visit, saved for a member who agreed, and new advice is asked for at once."""
    about = rateable_piece(visit)
    if about is None:
        return visit, ()
    known = feedback_on(visit, about)
    rest = tuple(f for f in visit.fit.feedback if f is not known)
    if touch.felt is None:
        after = _with_fit(visit, replace(visit.fit, feedback=rest, follows_advice=False))
        return _advised_again(after, _saved(after, known, kept=False) if known else ())
    now = replace(about, felt=touch.felt, spot=touch.spot if touch.felt is not FitRating.RIGHT else None)
    if now == known:
        return visit, ()
    follows = now.felt is not FitRating.RIGHT
    after = _with_fit(visit, replace(visit.fit, feedback=(*rest, now), follows_advice=follows))
    return _advised_again(after, _saved(after, now))


def _with_fit(visit: Visit, fit: Fit) -> Visit:
    return replace(visit, fit=fit)


def _saved(visit: Visit, feedback: FitFeedback, *, kept: bool = True) -> tuple[Effect, ...]:
    shopper = visit.shopper
    if shopper is None or shopper.tier < Tier.PROVED:
        return ()
    return (SaveFitFeedback(visit.ticket, shopper.shopper_id, feedback, kept),)


def feedback_to_save(visit: Visit) -> tuple[Effect, ...]:
    """Saves the feedback that was given before the shopper became known."""
    return tuple(effect for feedback in visit.fit.feedback for effect in _saved(visit, feedback))


def _advised_again(visit: Visit, effects: tuple[Effect, ...] = ()) -> StepResult:
    visit = _with_fit(visit, replace(visit.fit, revision=visit.fit.revision + 1))
    return visit, (*effects, *facts.size_questions(visit, visit.pieces))


def _question(visit: Visit, touch: FitQuestionOpened | FitFieldChanged | FitAnswered) -> StepResult:
    if isinstance(touch, FitQuestionOpened):
        return _opened(visit), ()
    fit = visit.fit
    if visit.page is not Page.FIT or fit.form is None:
        return visit, ()
    if isinstance(touch, FitFieldChanged):
        return _with_fit(visit, replace(fit, form=adjusted(fit.form, touch.dial, touch.by))), ()
    body = fit.form.body_facts() if touch.said else NO_BODY_FACTS
    after = _with_fit(previous_page(visit), replace(fit, form=None, body=body))
    return _advised_again(after) if body != NO_BODY_FACTS else (after, ())


def open_question(visit: Visit, advice: SizeAdvice) -> SizeQuestion:
    """The question that may still be asked: one in a visit, and one for a size that fits if the answer left a doubt."""
    fit = visit.fit
    if not fit.question_asked:
        return advice.ask
    doubtful = advice.doubt is not SizeDoubt.NONE and fit.body != NO_BODY_FACTS
    again = doubtful and advice.ask is SizeQuestion.LABEL and not fit.label_asked
    return SizeQuestion.LABEL if again else SizeQuestion.NONE


def _opened(visit: Visit) -> Visit:
    """The question's page; its form in the shopper's own units."""
    advice = visit.advice_of(visit.focus.garment) if visit.focus else None
    again = visit.fit.question_asked
    if visit.focus is None or (
        again and (advice is None or open_question(visit, advice) is SizeQuestion.NONE)
    ):
        return visit
    homes = home_systems(visit)
    own = advice.own if advice else ""
    imperial = bool(_IMPERIAL & {own, *(homes if len(homes) == 1 else ())})
    form = new_form(advice.runs if advice else (), imperial=imperial)
    if advice is not None and advice.ask is SizeQuestion.LABEL and form.runs:
        form = replace(form, method=FitMethod.LABEL)
    asked = replace(visit.fit, question_asked=True, label_asked=again, form=form)
    return open_page(_with_fit(visit, asked), Page.FIT)
