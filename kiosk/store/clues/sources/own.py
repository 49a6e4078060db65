"""Facts from the store's own tables: purchases, usual sizes, fit feedback, what was asked for, the client book."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar, Final

from sqlalchemy import Connection, select

from kiosk.core.clues.clue import ClueKind, ClueSource, ClueValue
from kiosk.core.clues.dislikes import DislikeKind
from kiosk.core.clues.fact import Fact
from kiosk.core.clues.freshness import DAY_US
from kiosk.core.domain.ids import ItemId, ShopperId, StyleId
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.clues.sources.port import named, plain
from kiosk.store.customers.book.asked import KEPT_US, AskedItems
from kiosk.store.customers.book.entries import ClientBook
from kiosk.store.customers.book.entry import BookEntry, EntryKind
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, FEED_FILE, FIT_FEEDBACK, PURCHASE, SHOPPER

MAX_READ: Final = 50
"""Newest purchases and answers of a member that are used."""


@dataclass(frozen=True, slots=True)
class Purchases:
    """What the feed lists as bought. It gives no day, so the age is that of the list, and the certainty is less."""

    needs: ClassVar[frozenset[str]] = frozenset({"history"})
    database: Database
    catalogue: Catalogue

    def facts(self, member: ShopperId, now_us: int) -> tuple[Fact, ...]:
        bought = select(PURCHASE.c.item).where(PURCHASE.c.shopper_id == member)
        with self.database.reading() as connection:
            items = connection.scalars(bought.order_by(PURCHASE.c.purchase_id.desc()).limit(MAX_READ)).all()
            seen_us = _list_us(connection, now_us)
        found = []
        for item in dict.fromkeys(items):
            garment = self.catalogue.garment_of_item(ItemId(item))
            if garment is not None:
                found.append(
                    Fact(
                        ClueKind.BOUGHT, ClueSource.PURCHASE, item, named(garment), seen_us,
                        garment.style_id, garment.category, certainty=0.8,
                    )
                )  # fmt: skip
        return tuple(found)


@dataclass(frozen=True, slots=True)
class UsualSizes:
    """The sizes that the feed lists."""

    needs: ClassVar[frozenset[str]] = frozenset({"sizes"})
    database: Database

    def facts(self, member: ShopperId, now_us: int) -> tuple[Fact, ...]:
        with self.database.reading() as connection:
            sizes = connection.scalar(select(SHOPPER.c.sizes).where(SHOPPER.c.shopper_id == member))
            seen_us = _list_us(connection, now_us)
        return tuple(
            Fact(
                ClueKind.USUAL_SIZE, ClueSource.SIZES, f"{category} {size}",
                (plain("category", category), plain("size", size)), seen_us, category=category,
            )
            for category, size in json.loads(sizes or "{}").items()
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FitAnswers:
    """How tried sizes sat, as she said at a mirror."""

    needs: ClassVar[frozenset[str]] = frozenset({"sizes"})
    database: Database
    catalogue: Catalogue

    def facts(self, member: ShopperId, now_us: int) -> tuple[Fact, ...]:
        del now_us
        table = FIT_FEEDBACK.c
        query = select(FIT_FEEDBACK).where(table.shopper_id == member)
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(table.at_us.desc()).limit(MAX_READ)).all()
            items = {row.style_id: _item_of_style(connection, row.style_id) for row in rows}
        found = []
        for row in rows:
            garment = self.catalogue.garment_of_item(items[row.style_id])
            if garment is not None:
                values = (
                    ClueValue("name", garment.name), plain("size", row.size), ClueValue("felt", key=f"felt-{row.felt}"),
                )  # fmt: skip
                found.append(
                    Fact(
                        ClueKind.FITTED, ClueSource.FIT, f"{row.style_id} {row.size} {row.felt}", values, row.at_us,
                        StyleId(row.style_id), row.category,
                    )
                )  # fmt: skip
        return tuple(found)


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """What she asked for and was not there then. What she was brought says nothing that the list of rooms does not."""

    needs: ClassVar[frozenset[str]] = frozenset()
    asked: AskedItems
    catalogue: Catalogue

    def facts(self, member: ShopperId, now_us: int) -> tuple[Fact, ...]:
        found = []
        for one in self.asked.of(member, now_us - KEPT_US):
            garment = self.catalogue.garment_of_item(one.item)
            if one.lacking and garment is not None:
                found.append(
                    Fact(
                        ClueKind.ASKED, ClueSource.REQUEST, f"{one.item} {one.size}", named(garment, one.size),
                        one.at_us, garment.style_id, garment.category,
                    )
                )  # fmt: skip
        return tuple(found)


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What associates have written in her client book."""

    needs: ClassVar[frozenset[str]] = frozenset()
    book: ClientBook

    def facts(self, member: ShopperId, now_us: int) -> tuple[Fact, ...]:
        return tuple(fact_of_entry(entry) for entry in self.book.of(member, now_us) if not entry.done_us)


_KINDS: Final = {
    EntryKind.NOTE: ClueKind.NOTE,
    EntryKind.LIKE: ClueKind.LIKES,
    EntryKind.DISLIKE: ClueKind.DISLIKES,
    EntryKind.SIZE: ClueKind.USUAL_SIZE,
    EntryKind.DATE: ClueKind.DATE,
    EntryKind.FOLLOW_UP: ClueKind.FOLLOW_UP,
}


def fact_of_entry(entry: BookEntry) -> Fact:
    """An entry as a fact. A note is its own statement; a like or size is the same statement whoever wrote it."""
    new, kind = entry.new, _KINDS[entry.new.kind]
    source = ClueSource.NOTE if new.kind is EntryKind.NOTE else ClueSource.BOOK
    about = new.about.value if new.about else ""
    is_day = new.kind is EntryKind.DATE
    subject = f"{about} {new.value} {new.size}".strip() if new.value and not is_day else entry.entry_id
    category = new.value if new.kind is EntryKind.SIZE or new.about is DislikeKind.CATEGORY else ""
    style = new.value if new.about is DislikeKind.STYLE else ""
    return Fact(
        kind, source, subject, _values(entry), entry.made_us, style, category,
        due_us=new.due_us, expires_us=entry.expires_us,
    )  # fmt: skip


def _values(entry: BookEntry) -> tuple[ClueValue, ...]:
    new = entry.new
    if new.kind is EntryKind.SIZE:
        return (plain("category", new.value), plain("size", new.size))
    if new.kind in (EntryKind.LIKE, EntryKind.DISLIKE):
        return (ClueValue("about", subject_name(new.text)),)
    if new.due_us:
        # noon of the day, so that no time zone of a page turns it into another one
        words = plain("text", new.text) if new.text else ClueValue("text", key=f"book-{new.occasion.value}")
        return (words, plain("day", str(new.due_us // DAY_US)))
    return (plain("text", new.text),)


def subject_name(text: str) -> LocalizedText:
    """The stored name of what a like or dislike is about, an object of language to text."""
    return LocalizedText.of({str(k): str(v) for k, v in json.loads(text or "{}").items()})


def _list_us(connection: Connection, now_us: int) -> int:
    """When the list of members was written; now if that is not known."""
    known = connection.scalar(select(FEED_FILE.c.as_of_us).where(FEED_FILE.c.kind == "shoppers"))
    return min(known, now_us) if known else now_us


def _item_of_style(connection: Connection, style: str) -> ItemId:
    query = select(COLOURWAY.c.item).where(COLOURWAY.c.style_id == style)
    return ItemId(connection.scalars(query.order_by(COLOURWAY.c.ordinal).limit(1)).first() or "")
