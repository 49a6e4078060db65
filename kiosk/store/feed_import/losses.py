"""Losses that wait for a yes: judged during an import, stored, accepted by an associate, used up by the next import.

A yes holds for what was shown: a later file that loses a part of it needs no other yes, one that loses more does. It is
used up when the kind has been read once more, so that an old yes never deletes rows that came back since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from kiosk.core.domain.money import Money
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import HELD_LOSS
from kiosk.store.feed_import.report import MAX_SAMPLE, HeldLoss, Loss, PriceChange, Yes
from kiosk.store.feed_import.slices import Writes

_SHOPPERS: Final = "shoppers"
_NO_PRICES: Final = frozenset(Loss) - {Loss.PRICES}


@dataclass(frozen=True, slots=True)
class StoredLoss:
    """A row of `held_loss`. `entries` are keys, or [key, minor before, minor after, currency] of a price."""

    kind: str
    what: Loss
    known: int
    entries: tuple[Any, ...]
    since_us: int
    accepted_us: int = 0

    @property
    def digest(self) -> str:
        """Identifies the loss: the same entries, the same digest."""
        about = compact_json([self.kind, self.what.value, *self.entries])
        return hashlib.sha256(about.encode()).hexdigest()[:32]

    @property
    def held(self) -> HeldLoss:
        """The loss as it is shown."""
        shown = self.entries[:MAX_SAMPLE]
        prices = tuple(price_of(e) for e in shown) if self.what is Loss.PRICES else ()
        sample = tuple(p.key for p in prices) or (() if self.kind == _SHOPPERS else tuple(shown))
        return HeldLoss(
            self.kind, self.what, len(self.entries), self.known, sample, self.digest, self.since_us, prices
        )

    def row(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "what": self.what.value, "digest": self.digest, "known": self.known,
            "entries": compact_json(self.entries), "since_us": self.since_us, "accepted_by": "", "accepted_us": 0,
        }  # fmt: skip


def price_of(entry: Sequence[Any]) -> PriceChange:
    """The price change of an entry."""
    key, before, after, currency = entry
    return PriceChange(key, Money(before, currency), Money(after, currency))


def entry_of(change: PriceChange) -> tuple[Any, ...]:
    """A price change as an entry."""
    return (change.key, change.before.minor, change.after.minor, change.after.currency)


def stored_losses(connection: Connection) -> tuple[StoredLoss, ...]:
    """All losses that wait, with and without a yes."""
    rows = connection.execute(
        select(HELD_LOSS).order_by(HELD_LOSS.c.since_us, HELD_LOSS.c.kind, HELD_LOSS.c.what)
    )
    return tuple(
        StoredLoss(
            row.kind, Loss(row.what), row.known,
            tuple(tuple(e) if isinstance(e, list) else e for e in json.loads(row.entries)),
            row.since_us, row.accepted_us,
        )
        for row in rows
    )  # fmt: skip


def has_accepted(connection: Connection) -> bool:
    """Whether there is a yes that was not carried out yet."""
    query = select(HELD_LOSS.c.kind).where(HELD_LOSS.c.accepted_us > 0).limit(1)
    return connection.execute(query).first() is not None


def marks(connection: Connection) -> tuple[tuple[Any, ...], ...]:
    """Differs if the stored losses have changed; without their entries, which may be many."""
    query = select(HELD_LOSS.c.kind, HELD_LOSS.c.what, HELD_LOSS.c.digest, HELD_LOSS.c.accepted_us)
    return tuple(sorted(tuple(row) for row in connection.execute(query)))


class Losses:
    """The losses of one import: what may be carried out, and what is held."""

    def __init__(self, stored: Iterable[StoredLoss], now_us: int) -> None:
        self._stored = {(loss.kind, loss.what): loss for loss in stored}
        self._now_us = now_us
        self._held: dict[tuple[str, Loss], StoredLoss] = {}
        self._judged: set[str] = set()

    def begin(self, kind: str) -> None:
        """A whole file of this kind is read: what an earlier file lost does not count any more."""
        self._judged.add(kind)

    def allows(self, kind: str, what: Loss, keys: Collection[str], known: int, *, within: bool) -> bool:
        """Whether these rows may be lost: there are none, they are within the limit, or there is a yes for them.

        Otherwise they are held.
        """
        if not keys or within or set(keys) <= self._accepted(kind, _NO_PRICES, lambda entry: entry):
            return True
        self._hold(StoredLoss(kind, what, known, tuple(sorted(keys)), self._now_us))
        return False

    def accepted_prices(self, kind: str) -> frozenset[tuple[str, int, str]]:
        """The new prices for which there is a yes: key, minor units, currency."""
        return frozenset(self._accepted(kind, {Loss.PRICES}, lambda e: (e[0], e[2], e[3])))

    def hold_prices(self, kind: str, changes: Iterable[PriceChange], known: int) -> None:
        """Holds price changes; those that are held already are replaced."""
        entries = tuple(sorted(entry_of(change) for change in changes))
        if entries:
            self._hold(StoredLoss(kind, Loss.PRICES, known, entries, self._now_us))

    def held_keys(self, kind: str) -> frozenset[str]:
        """Rows of a kind that stay only because their loss waits for a yes."""
        shown = {**self._waiting(), **self._held}
        losses = (loss for (of, what), loss in shown.items() if of == kind and what in _NO_PRICES)
        return frozenset(key for loss in losses if loss.what is not Loss.COLOURS for key in loss.entries)

    def has_yes(self, kind: str) -> bool:
        """Whether a loss of this kind was accepted and not carried out yet."""
        return any(loss.accepted_us > 0 for loss in self._stored.values() if loss.kind == kind)

    def waits(self, kind: str) -> bool:
        """Whether an earlier import has held something of this kind, with or without a yes."""
        return any(of == kind for of, _ in self._stored)

    def finish(self, writes: Writes, kind: str, named: Collection[str] | None = None) -> None:
        """Stores what is held of a kind that was read, and uses up its yes.

        `named`: the keys of a delta; losses of an earlier file that it does not name stay.
        """
        before = {what: loss for (of, what), loss in self._stored.items() if of == kind}
        if named is not None:
            self._keep_unnamed(kind, before, named)
        now = {what: loss for (of, what), loss in self._held.items() if of == kind}
        for what in before.keys() - now.keys():
            writes.delete(HELD_LOSS, HELD_LOSS.c.kind == kind, HELD_LOSS.c.what == what.value)
        writes.upsert(HELD_LOSS, [loss.row() for loss in now.values()])
        self._stored = {key: loss for key, loss in self._stored.items() if key[0] != kind}
        self._stored.update(((kind, what), loss) for what, loss in now.items())

    def all_held(self) -> tuple[HeldLoss, ...]:
        """All that waits after this import."""
        losses = {**self._waiting(), **self._held}.values()
        return tuple(loss.held for loss in sorted(losses, key=lambda one: (one.since_us, one.kind)))

    def _keep_unnamed(self, kind: str, before: dict[Loss, StoredLoss], named: Collection[str]) -> None:
        for what, loss in before.items():
            if loss.accepted_us:
                continue
            kept = [e for e in loss.entries if (e[0] if what is Loss.PRICES else e) not in named]
            now = self._held.get((kind, what))
            entries = tuple(sorted({*kept, *(now.entries if now else ())}))
            if entries:
                self._held[kind, what] = StoredLoss(kind, what, loss.known, entries, loss.since_us)

    def _waiting(self) -> dict[tuple[str, Loss], StoredLoss]:
        return {
            key: loss
            for key, loss in self._stored.items()
            if not loss.accepted_us and key[0] not in self._judged
        }

    def _accepted(self, kind: str, whats: Collection[Loss], part: Callable[[Any], Any]) -> set[Any]:
        losses = (loss for loss in self._stored.values() if loss.kind == kind and loss.accepted_us)
        return {part(entry) for loss in losses if loss.what in whats for entry in loss.entries}

    def _hold(self, loss: StoredLoss) -> None:
        before = self._stored.get((loss.kind, loss.what))
        since_us = before.since_us if before is not None and not before.accepted_us else loss.since_us
        self._held[loss.kind, loss.what] = StoredLoss(
            loss.kind, loss.what, loss.known, loss.entries, since_us
        )


def accept(connection: Connection, yeses: Sequence[Yes], now_us: int) -> tuple[HeldLoss, ...] | None:
    """Stores these yeses; None, and nothing is stored, if one of the losses does not wait."""
    waiting = {(loss.kind, loss.digest): loss for loss in stored_losses(connection)}
    found = tuple(waiting[yes.kind, yes.digest] for yes in yeses if (yes.kind, yes.digest) in waiting)
    if len(found) < len(yeses):
        return None
    for yes, loss in zip(yeses, found, strict=True):
        this = (HELD_LOSS.c.kind == loss.kind) & (HELD_LOSS.c.what == loss.what.value)
        connection.execute(
            HELD_LOSS.update().where(this).values(accepted_by=yes.who[:128], accepted_us=now_us)
        )
    return tuple(loss.held for loss in found)
