"""Stores members' feedback on how sizes fit, for their next visits, if they have consented to it.

Nothing of a guest is stored. If a member withdraws the consent or is removed, all of it is deleted.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, select

from kiosk.core.domain.fit_feedback import FitArea, FitFeedback, FitRating
from kiosk.core.domain.ids import ShopperId, StyleId
from kiosk.store.db.database import Database
from kiosk.store.db.tables import FIT_FEEDBACK, SHOPPER
from kiosk.store.db.upsert import upsert

CONSENT = "sizes"
MAX_ANSWERS = 200
"""Newest answers of a shopper that are used."""


class FitFeedbackStore:
    """Feedback by shopper, style and size."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, shopper_id: ShopperId, feel: FitFeedback, at_us: int) -> bool:
        """Stores the answer, one for each size of a style; False if the shopper has not consented."""
        with self._database.writing() as connection:
            if not _consents(connection, shopper_id):
                return False
            row = {
                "shopper_id": shopper_id,
                "style_id": feel.style_id,
                "size": feel.size,
                "category": feel.category,
                "felt": feel.felt.value,
                "spot": feel.spot.value if feel.spot else "",
                "at_us": at_us,
            }
            upsert(connection, FIT_FEEDBACK, [row])
        return True

    def delete(self, shopper_id: ShopperId, feel: FitFeedback) -> None:
        """Deletes the answer about this size of this style."""
        mine = FIT_FEEDBACK.c.shopper_id == shopper_id
        this = (FIT_FEEDBACK.c.style_id == feel.style_id) & (FIT_FEEDBACK.c.size == feel.size)
        with self._database.writing() as connection:
            connection.execute(delete(FIT_FEEDBACK).where(mine & this))

    def of_shopper(self, shopper_id: ShopperId) -> tuple[FitFeedback, ...]:
        """The shopper's answers, the newest last; empty without consent."""
        with self._database.reading() as connection:
            if not _consents(connection, shopper_id):
                return ()
            found = connection.execute(
                select(FIT_FEEDBACK)
                .where(FIT_FEEDBACK.c.shopper_id == shopper_id)
                .order_by(FIT_FEEDBACK.c.at_us.desc(), FIT_FEEDBACK.c.style_id, FIT_FEEDBACK.c.size)
                .limit(MAX_ANSWERS)
            ).all()
        return tuple(
            FitFeedback(
                StyleId(r.style_id),
                r.size,
                FitRating(r.felt),
                FitArea(r.spot) if r.spot else None,
                r.category,
            )
            for r in reversed(found)
        )


def delete_unconsented(connection: Connection) -> None:
    """Deletes the feedback of shoppers who are gone or have withdrawn their consent."""
    rows = connection.execute(select(SHOPPER.c.shopper_id, SHOPPER.c.consents))
    consenting = {row.shopper_id for row in rows if CONSENT in json.loads(row.consents)}
    held = connection.scalars(select(FIT_FEEDBACK.c.shopper_id).distinct()).all()
    gone = [shopper_id for shopper_id in held if shopper_id not in consenting]
    if gone:
        connection.execute(delete(FIT_FEEDBACK).where(FIT_FEEDBACK.c.shopper_id.in_(gone)))


def _consents(connection: Connection, shopper_id: ShopperId) -> bool:
    said = connection.scalar(select(SHOPPER.c.consents).where(SHOPPER.c.shopper_id == shopper_id))
    return said is not None and CONSENT in json.loads(said)
