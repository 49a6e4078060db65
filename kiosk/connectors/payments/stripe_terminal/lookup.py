"""Finds the intent of a charge whose id is not known, because the reply to its creation was lost.

It was never handed to a reader: the id is journaled before. So it has collected nothing, and never will.
"""

from __future__ import annotations

import time

from kiosk.clock import US
from kiosk.connectors.payments.stripe_terminal.api import Found
from kiosk.connectors.payments.stripe_terminal.session import Session

BEFORE_S, AFTER_S = 60, 180
"""The time around the sending, by Stripe's clock, in which its intent was created."""
MAX_LISTED = 1_500
"""Intents of the account that are looked through; after that the search is asked."""


def intent_of_key(session: Session, key: str, sent_us: int, until_s: float) -> Found | None:
    """The intent with that key in its metadata, None if there is none. Raises StripeFailure.

    The list is known at once, the search a minute later; the search is asked where the time is not known.
    """
    if sent_us:
        if session.api.connections.clock_difference_s is None:
            session.api.reader(until_s)
        found, complete = _listed(session, key, sent_us, until_s)
        if found is not None or complete:
            return found
    searched = session.api.intents_of(key, until_s)
    return searched[0] if searched else None


def _listed(session: Session, key: str, sent_us: int, until_s: float) -> tuple[Found | None, bool]:
    """The intent among those of that time; whether all of them were looked at."""
    at_s = sent_us // US + round(session.api.connections.clock_difference_s or 0)
    for number, intent in enumerate(session.api.intents_between(at_s - BEFORE_S, at_s + AFTER_S, until_s)):
        if (intent.get("metadata") or {}).get("key") == key:
            return intent, True
        if number >= MAX_LISTED or time.monotonic() > until_s:
            return None, False
    return None, True
