"""Keeps the assortment up to date: built once by streaming, then style by style after a sale, a return or an import.

All of this happens in the thread that changed the catalogue. A request takes the present assortment and never waits,
and a sale does not wait for an import: what changes while another thread is at work is done by that thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from threading import Lock

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.ids import ArticleId, StyleId
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.assortment.draft import AssortmentDraft, empty_assortment, size_written, stock_written
from kiosk.store.advice.assortment.style_rows import read_all_styles, read_stock, read_styles
from kiosk.store.db.database import Database
from recommender.looks.serving.outfits.kinds import OutfitReader

log = logging.getLogger(__name__)
Changes = tuple[set[StyleId], set[ArticleId]]


class AssortmentIndex:
    """The present assortment of a database. Safe from any thread."""

    def __init__(self, database: Database, outfits: OutfitReader | None = None) -> None:
        """`outfits` recognises what a garment is in an outfit; default: by the words of the catalogue alone."""
        self._database, self._outfits = database, outfits or OutfitReader()
        self._present: Assortment | None = None
        self._listeners: list[Callable[[], None]] = []
        self._pending: Changes = (set(), set())
        self._mutex, self._working = Lock(), Lock()

    def listen(self, listener: Callable[[], None]) -> None:
        """Calls `listener` after each change of more than stock, in the thread that changed it."""
        self._listeners.append(listener)

    def present(self) -> Assortment:
        """The assortment at this moment; built if it was not built before."""
        return self._present or self.build()

    def build(self) -> Assortment:
        """Reads all of it from the database, unless that was done before."""
        with self._working:
            found = self._present
            if found is None:
                self._take_pending()
                found = self._present = self._read()
        self.catch_up()
        return found

    def changed(self, styles: Collection[StyleId] = (), articles: Collection[ArticleId] = ()) -> None:
        """Reads these styles, and those of these articles, again; to be called after the change is committed.

        What cannot be read now stays for the next call of this or of `catch_up`.
        """
        with self._mutex:
            self._pending[0].update(styles)
            self._pending[1].update(articles)
        self.catch_up()

    def catch_up(self) -> None:
        """Reads what has changed and was not read yet, unless another thread does so."""
        while self._is_pending() and self._working.acquire(blocking=False):
            styles, articles = self._take_pending()
            try:
                self._apply(styles, articles)
            except SQLAlchemyError as error:
                log.warning("the stock of suggestions is not up to date: %s", type(error).__name__)
                with self._mutex:
                    self._pending[0].update(styles)
                    self._pending[1].update(articles)
                return
            finally:
                self._working.release()

    def _is_pending(self) -> bool:
        with self._mutex:
            return self._present is not None and any(self._pending)

    def _take_pending(self) -> Changes:
        with self._mutex:
            taken, self._pending = self._pending, (set(), set())
        return taken

    def _apply(self, styles: set[StyleId], articles: set[ArticleId]) -> None:
        present = self._present
        if present is None:
            return
        with self._database.reading() as connection:
            sizes = read_stock(connection, articles)
            wanted = styles | {size.style_id for size in sizes if not size_written(present, size)}
            found = list(read_styles(connection, wanted))
        gone = wanted - {style.style_id for style in found}
        more = [style for style in found if not stock_written(present, style)]
        if not more and not gone:
            return
        draft = AssortmentDraft(present)
        for style in more:
            draft.put(style)
        for style_id in gone:
            draft.remove(style_id)
        self._present = draft.finish()
        self._notify()

    def _read(self) -> Assortment:
        draft = AssortmentDraft(empty_assortment(self._outfits))
        with self._database.reading() as connection:
            for style in read_all_styles(connection):
                draft.put(style)
        return draft.finish()

    def _notify(self) -> None:
        for listener in self._listeners:
            listener()
