"""Imports feeds into a test's database, as the store does."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from kiosk.clock import US
from kiosk.core.domain.ids import ArticleId, PieceId, StyleId
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.tables import FEED_LINE, STOCK
from kiosk.store.feed_import import FeedImporter, HeldLoss, ImportReport, ImportSettings
from kiosk.store.staff.associates import AssociateAccounts
from tests.kiosk.store.sample_shop import CHEAP, START_US, write_feed
from tests.optional_values import present

Line = dict[str, Any]


def plain_mac(uid: str) -> str:
    """A stand-in for the keyed hash of a card's UID."""
    return f"mac-{uid}"


def importer_of(database: Database, mac: Callable[[str], str] = plain_mac, **settings: Any) -> FeedImporter:
    """An importer of the sample shop."""
    accounts = AssociateAccounts(database, 10**12, CHEAP)
    return FeedImporter(
        database, accounts, mac, ImportSettings(**{"currency": "EUR", "key": b"test", **settings})
    )


def take(
    database: Database, folder: Path, now_us: int = START_US, mac: Callable[[str], str] = plain_mac
) -> ImportReport:
    """Imports a folder."""
    return importer_of(database, mac).run(folder, now_us, alone=True)


class FeedShop:
    """A database and a feed whose files are changed; each import and each change is a second later."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, write_feed(folder)
        self.catalogue = Catalogue(database)
        self.changes: list[tuple[frozenset[str], frozenset[str], frozenset[str]]] = []
        self.importer = importer_of(database)
        self.now_us = START_US
        for file in folder.iterdir():
            self.date(file.name)

    def pass_s(self, seconds: float = 1) -> int:
        self.now_us += int(seconds * US)
        return self.now_us

    def date(self, name: str, at_us: int | None = None) -> None:
        """Sets the time of a file; to now if none is given."""
        nanoseconds = (self.now_us if at_us is None else at_us) * 1000
        os.utime(self.folder / name, ns=(nanoseconds, nanoseconds))

    def lines(self, kind: str) -> list[Line]:
        text = (self.folder / f"{kind}.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def write(self, kind: str, lines: list[Line] | str) -> None:
        """Writes a file, a second later."""
        text = lines if isinstance(lines, str) else "".join(json.dumps(line) + "\n" for line in lines)
        (self.folder / f"{kind}.jsonl").write_text(text, encoding="utf-8")
        self.pass_s()
        self.date(f"{kind}.jsonl")

    def edit(self, kind: str, change: Callable[[Line], Line | None]) -> None:
        """Changes each line of a file; None leaves it out."""
        changed = (change(line) for line in self.lines(kind))
        self.write(kind, [line for line in changed if line is not None])

    def take(self, **options: Any) -> ImportReport:
        """Imports the feed, a second later, as after a restart."""
        importer = FeedImporter(
            self.database, AssociateAccounts(self.database, 10**12, CHEAP), plain_mac,
            ImportSettings(currency="EUR", key=b"test"), self._changed,
        )  # fmt: skip
        return importer.run(self.folder, self.pass_s(), **options)

    def accept(self, loss: HeldLoss) -> ImportReport:
        """Says yes and imports."""
        self.importer.accept(loss.kind, loss.digest, "m-mei", self.pass_s())
        return self.take()

    def rows(self, table: Table) -> list[Line]:
        with self.database.reading() as connection:
            return [dict(row._mapping) for row in connection.execute(select(table))]

    def keys(self, kind: str) -> set[str]:
        """The keys of the lines that are noted as imported."""
        with self.database.reading() as connection:
            return set(connection.scalars(select(FEED_LINE.c.key).where(FEED_LINE.c.kind == kind)))

    def stock(self, article: str) -> dict[str, int]:
        """What can be sold of an article, by place."""
        query = select(STOCK.c.place, STOCK.c.count.label("pieces")).where(STOCK.c.article == article)
        with self.database.reading() as connection:
            return {row.place: row.pieces for row in connection.execute(query)}

    def sell(self, piece: PieceId, article: ArticleId) -> None:
        self.catalogue.sell([(piece, article)], f"o-{piece}", self.pass_s())

    def price(self, article: str) -> int:
        return present(self.catalogue.garment(ArticleId(article))).price.minor

    def _changed(self, styles: frozenset[str], articles: frozenset[str], kinds: frozenset[str]) -> None:
        self.changes.append((styles, articles, kinds))
        self.catalogue.changed({StyleId(s) for s in styles}, {ArticleId(a) for a in articles})
