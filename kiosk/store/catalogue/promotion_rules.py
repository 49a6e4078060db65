"""The shop's promotions, as the last feed gave them. They are kept in memory: each basket needs all of them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from threading import Lock
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.promotions.rule import Rule
from kiosk.core.wire import WireError, from_json
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.promotions import PROMOTION

log = logging.getLogger(__name__)
MAX_RULES: Final = 1000
"""Each basket looks at all of them."""
MAX_READ: Final = 10 * MAX_RULES
"""Of more than these, in the sequence of their ids, those beyond are not read: it is done while a room waits."""


class PromotionRules:
    """The rules, read at the first use and again after `invalidate`. Safe to use from any thread."""

    def __init__(self, database: Database, now_us: Callable[[], int]) -> None:
        self._database, self._now = database, now_us
        self._rules: tuple[Rule, ...] | None = None
        self._stale = True
        self._lock = Lock()

    def invalidate(self) -> None:
        """A feed has changed them."""
        with self._lock:
            self._stale = True

    def all(self) -> tuple[Rule, ...]:
        """The rules, whether they hold now or not; those of before while the database cannot be read.

        Raises SQLAlchemyError if they were never read.
        """
        with self._lock:
            if self._rules is None or self._stale:
                try:
                    self._rules, self._stale = self._read(), False
                except SQLAlchemyError as error:
                    if self._rules is None:
                        raise
                    log.warning("promotions cannot be read: %s; those of before hold", type(error).__name__)
            return self._rules

    def _read(self) -> tuple[Rule, ...]:
        with self._database.reading() as connection:
            query = select(PROMOTION.c.promotion_id, PROMOTION.c.body).order_by(PROMOTION.c.promotion_id)
            rows = connection.execute(query.limit(MAX_READ)).all()
        found = []
        for row in rows:
            try:
                found.append(from_json(Rule, json.loads(row.body)))
            except (WireError, ValueError) as error:
                log.error("promotion %s cannot be read and does not hold: %s", row.promotion_id, error)
        if len(found) > MAX_RULES:
            log.warning("more than %d promotions are known, of which so many hold", MAX_RULES)
        now_us = self._now()
        # those that have ended come last, so that they keep no other one out
        found.sort(key=lambda rule: (_has_ended(rule, now_us), rule.sequence))
        return tuple(sorted(found[:MAX_RULES], key=lambda rule: rule.sequence))


def _has_ended(rule: Rule, now_us: int) -> bool:
    until_us = rule.validity.until_us
    return until_us is not None and until_us <= now_us
