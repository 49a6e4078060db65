"""Checks the stands: terminals that can charge stored means, articles that have a price, no two stands of one piece.

The catalogue is read from the store's SQLite file. There is none before the first start; a server of PostgreSQL is not
asked here. The store itself refuses each tap at a stand whose article it does not sell.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kiosk import paths
from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import PaymentError
from kiosk.core.domain.ids import PieceId

_ARTICLE = "select s.currency from sku a join style s on s.style_id = a.style_id where a.article = ?"


def stand_mistakes(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    """Mistakes of all stands."""
    if not config.stands or {"stands", "payments"} & read.left_out:
        return
    charging = _charging(config)
    owners: dict[PieceId, str] = {}
    for name, stand in config.stands.items():
        terminal = stand.terminal or next((t.name for t in config.payments.terminals), "")
        if charging.get(terminal) is False:
            what = (
                f"the terminal `{terminal}` cannot charge stored means; name one that can (stripe://, sim://)"
            )
            yield read.mistake(("stands", name, "terminal"), what)
        if stand.piece is not None and (other := owners.setdefault(stand.piece, name)) != name:
            what = f"`{other}` sells this piece already; who taps here would be charged for what lies there"
            yield read.mistake(("stands", name, "serial"), what)
        if what := _article_mistake(config, stand.article):
            yield read.mistake(("stands", name, "article"), what, Severity.WITHOUT)
    if config.cards.keys_file is None:
        what = "no card can prove itself without `cards.keys_file`, so that every tap at a stand is refused"
        yield read.mistake(("stands",), what, Severity.WITHOUT)


def _charging(config: StoreConfig) -> dict[str, bool]:
    """By terminal: whether it can charge stored means. Those that cannot be opened are missing."""
    found = {}
    for terminal in config.payments.terminals:
        try:
            driver = open_terminal(TerminalPlace(terminal.uri, terminal.key_file, terminal.ca_file))
        except PaymentError:
            continue
        driver.close()
        found[terminal.name] = driver.capabilities.stored_means
    return found


def _article_mistake(config: StoreConfig, article: str) -> str:
    """Why an article cannot be sold; empty if it can, or if that is not known."""
    file = paths.state_place("store", config.state) / "store.db"
    if config.database is not None or not file.is_file():
        return ""
    try:
        with closing(
            sqlite3.connect(f"{Path(file).resolve().as_uri()}?mode=ro", uri=True, timeout=3)
        ) as connection:
            row = connection.execute(_ARTICLE, (article,)).fetchone()
    except sqlite3.Error:
        return ""  # the database has a mistake of its own
    if row is None:
        return f"`{article}` is not in the catalogue, so it has no price; its taps are refused"
    if row[0] != config.shop.currency:
        return f"`{article}` is priced in {row[0]}, the shop sells in {config.shop.currency}; its taps are refused"
    return ""
