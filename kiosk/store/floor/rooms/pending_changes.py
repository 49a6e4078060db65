"""Changes of the rooms that could not be applied because the database did not answer: kept in order until it does."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Sequence

from sqlalchemy.exc import SQLAlchemyError

from hardware.rooms.changes import RoomChange
from kiosk.core.domain.ids import StyleId

log = logging.getLogger(__name__)


class PendingChanges:
    """Applies changes in order, now or when the database answers again. To be used under the writer's lock.

    `apply`: one change of the rooms; `look_up_again`: the garments of these styles (None: of all) that the rooms show.
    Both may raise SQLAlchemyError; they are called again then, so they must leave nothing half done.
    """

    def __init__(
        self, apply: Callable[[RoomChange], None], look_up_again: Callable[[Collection[StyleId] | None], None]
    ) -> None:
        self._apply, self._look_up_again = apply, look_up_again
        self._changes: deque[RoomChange] = deque()
        self._stale: frozenset[StyleId] | None = frozenset()
        """Styles to be looked up again; None: all."""
        self._failing = False

    @property
    def waiting(self) -> bool:
        """Whether room changes wait."""
        return bool(self._changes)

    def add(self, changes: Sequence[RoomChange]) -> None:
        """Changes of the rooms, after those that wait. Without any: only those that wait are tried again."""
        self._changes.extend(changes)
        self._work()

    def look_up_again(self, styles: Collection[StyleId] | None) -> None:
        """The garments of these styles have changed; None: of all."""
        self._stale = None if styles is None or self._stale is None else self._stale | frozenset(styles)
        self._work()

    def _work(self) -> None:
        try:
            self._apply_all()
        except SQLAlchemyError as error:
            if not self._failing:
                log.error("room changes are kept until the database answers (%s)", type(error).__name__)
            self._failing = True
        else:
            self._failing = False

    def _apply_all(self) -> None:
        while self._changes:
            change = self._changes.popleft()
            try:
                self._apply(change)
            except SQLAlchemyError:
                self._changes.appendleft(change)
                raise
        if self._stale is None or self._stale:
            self._look_up_again(self._stale)
            self._stale = frozenset()
