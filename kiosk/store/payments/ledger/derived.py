"""Tables derived from the entries: which order holds which piece, what is open, the highest number of a receipt.

One function applies an entry, both when it is appended and when the tables are made again from all entries.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.store.errors import PieceTakenError
from kiosk.store.payments.ledger.chain import CHAIN
from kiosk.store.payments.ledger.open_keys import (
    ATTEMPT,
    EXCHANGE,
    FISCAL,
    FOLLOW_UP,
    REFUND,
    TAKEN_BACK,
    TASK,
    UNEXCHANGED,
    UNRESTOCKED,
    UNRETURNED,
    UNSETTLED,
    is_open,
    state_of,
)
from kiosk.store.payments.ledger.port import PieceHold
from kiosk.store.payments.ledger.schema import OfOrder, Statements
from kiosk.store.payments.old_entries import with_piece_ids

Execute = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
"""Runs a statement with its values; the rows of its result."""
IDENTITY: Final = "identity"
"""Kind of an entry: a piece that was scanned without serial (`scanned`) is a piece with serial (`piece`)."""
CARRIED: Final = "carried"
"""Kind of an entry: pieces (piece, as ordered, order, sold) and identities of the ledger before this one."""
ORDER: Final = "order"
_REMEMBERED: Final = 64
"""Orders whose pieces are kept in memory."""
_ENDS: Final = {
    "restocked": UNRESTOCKED, "exchanged": UNEXCHANGED, "settled": UNSETTLED, "returned": UNRETURNED,
}  # fmt: skip
"""Kinds of entries after which nothing is to be done any more, with what was."""


class Derived:
    """The derived tables of one ledger. To be used under the ledger's lock, in the transaction of the entry."""

    def __init__(self, execute: Execute, sql: Statements) -> None:
        self._execute, self._sql = execute, sql
        self._pieces: dict[str, list[str]] = {}
        self._unrefunded: set[str] = set()
        """Those of the newest orders of which no refund was written since their first entry."""

    def forget(self) -> None:
        """Forgets which pieces the newest orders have: the transaction in which they were written was given up."""
        self._pieces.clear()
        self._unrefunded.clear()

    @property
    def receipts(self) -> int:
        """The highest number of a receipt."""
        rows = self._execute(self._sql.receipts, ())
        return int(rows[0][0]) if rows else 0

    def clear(self) -> None:
        """Empties the tables, to make them again."""
        self.forget()
        for statement in self._sql.clear:
            self._execute(statement, ())

    def apply(
        self, seq: int, kind: str, order_id: str, key: str, state: str, body: Any, *, strict: bool = True
    ) -> None:
        """What follows from an entry. `body` is its parsed body, or its text.

        `strict`: raises PieceTakenError for a new attempt with a piece that another order holds. Else such a piece
        stays with the order that had it first, as in ledgers of versions that did not refuse it.
        """
        self._finished(seq, kind, order_id, key, state)
        if kind == REFUND:
            self._unrefunded.discard(order_id)
        match kind:
            case "order":
                self._remember(order_id, _pieces_of(_parsed(body)))
                self._unrefunded.add(order_id)
            case "attempt":
                self._attempt(seq, order_id, key, state_of(state), strict=strict)
            case "refund" if state_of(state) == RefundState.DONE.value:
                self.free(order_id, with_piece_ids(_parsed(body))["piece"])
                self._set_open(UNRESTOCKED, key, seq, opened=True)
            case "receipt":
                self._raise_receipts(int(_parsed(body)["number"]))
                self._set_open(UNSETTLED, order_id, seq, opened=True)
            case "exchange":
                self._exchange(order_id, _parsed(body), strict=strict)
                self._set_open(UNEXCHANGED, key, seq, opened=True)
            case "taken-back":
                self.take_back(seq, order_id, _parsed(body)["attempt"])
                self._set_open(UNSETTLED, order_id, seq, opened=False)
                self._set_open(UNRETURNED, key, seq, opened=True)
            case "identity":
                found = _parsed(body)
                self._identify(found["scanned"], found["piece"])
            case "chain" | "carried":
                self._continue(kind, _parsed(body))

    def _finished(self, seq: int, kind: str, order_id: str, key: str, state: str) -> None:
        """What of the key is to be done, or is done now."""
        opened = is_open(kind, state)
        if opened is not None:
            self._set_open(kind, key, seq, opened=opened)
        elif kind in _ENDS:
            self._set_open(_ENDS[kind], order_id if kind == "settled" else key, seq, opened=False)

    def reserve(self, order_id: str, pieces: Collection[str], *, strict: bool = True) -> None:
        """Reserves an order's pieces. Raises PieceTakenError, if `strict`; the transaction must be given up then."""
        if not self._hold(order_id, pieces, sold=False) and strict:
            piece, hold = next(iter(self.taken(pieces, order_id).items()))
            raise PieceTakenError(piece, hold.order_id)

    def sell(self, order_id: str, pieces: Collection[str]) -> None:
        """Marks an order's pieces as sold; one that another order holds stays with it."""
        self._hold(order_id, pieces, sold=True)

    def release(self, seq: int, order_id: str, attempt: str) -> None:
        """Frees what is reserved, but not sold, for an order whose attempt has ended.

        While another attempt of the order may still pay for the pieces, they stay reserved. The table of open keys is
        as it was after the entry before, also when the tables are made again, so that later entries do not count.
        """
        if not self._execute(self._sql.held_by_other, (order_id, attempt)):
            self._change_held(self._sql.release, seq, order_id)

    def take_back(self, seq: int, order_id: str, attempt: str) -> None:
        """Frees what is sold to an order that `attempt` has not paid after all.

        While another attempt of the order may still pay for the pieces, they stay reserved.
        """
        waits = self._execute(self._sql.held_by_other, (order_id, attempt))
        self._change_held(self._sql.unsell if waits else self._sql.free_all, seq, order_id)

    def free(self, order_id: str, piece: str) -> None:
        """Frees a piece of an order, by its id in the order or by that of its tag."""
        self._execute(self._sql.free_all.piece, (piece, order_id))
        self._execute(self._sql.free_renamed, (order_id, piece))

    def _change_held(self, change: OfOrder, seq: int, order_id: str) -> None:
        """Changes the pieces that an order holds at entry `seq`; the table has no index of all pieces by order."""
        if not (pieces := self.order_pieces(order_id, seq)):
            self._execute(change.all, (order_id,))
            return
        for piece in pieces:
            self._execute(change.piece, (piece, order_id))
        self._execute(change.renamed, (order_id,))

    def taken(self, pieces: Collection[str], but: str = "") -> dict[PieceId, PieceHold]:
        """Those of the pieces that another order than `but` holds."""
        found: dict[PieceId, PieceHold] = {}
        for piece in pieces:
            for order_id, sold in self._execute(self._sql.holder, (piece, piece)):
                if order_id != but:
                    found[PieceId(piece)] = PieceHold(OrderId(order_id), bool(sold))
        return found

    def holds(self, piece: str) -> bool:
        """Whether an order holds the piece under this id."""
        return bool(self._execute(self._sql.piece, (piece,)))

    def pieces_after(self, piece: str, limit: int) -> list[tuple[Any, ...]]:
        """The rows (piece, as ordered, order, sold) after a piece, in the order of their ids."""
        return self._execute(self._sql.pieces, (piece, limit))

    def order_pieces(self, order_id: str, last: int) -> list[str]:
        """The pieces of an order as they were ordered, after the exchanges up to entry `last`; none if it is not in the
        ledger. When the tables are made again, later entries are there already."""
        if (known := self._pieces.get(order_id)) is not None:
            return known
        rows = [row for row in self._execute(self._sql.of_order, (order_id, "order")) if row[0] <= last]
        found = _pieces_of(json.loads(rows[-1][2])) if rows else []
        rows = [row for row in self._execute(self._sql.of_order, (order_id, EXCHANGE)) if row[0] <= last]
        for one in sorted((json.loads(row[2]) for row in rows), key=lambda body: int(body["number"])):
            found = [one["line"]["piece"] if piece == one["piece"] else piece for piece in found]
        self._remember(order_id, found)
        return found

    def _returned(self, order_id: str, last: int) -> set[str]:
        """The pieces of an order that were paid back by entry `last`."""
        if order_id in self._unrefunded:
            return set()
        rows = self._execute(self._sql.of_order, (order_id, REFUND))
        found = [with_piece_ids(json.loads(row[2])) for row in rows if row[0] <= last]
        return {one["piece"] for one in found if one["state"] == RefundState.DONE.value}

    def _remember(self, order_id: str, pieces: list[str]) -> None:
        """Keeps the pieces of the newest orders: each of them is looked up several times until it is paid."""
        self._pieces.pop(order_id, None)
        self._pieces[order_id] = pieces
        if len(self._pieces) > _REMEMBERED:
            oldest = next(iter(self._pieces))
            del self._pieces[oldest]
            self._unrefunded.discard(oldest)

    def _attempt(self, seq: int, order_id: str, key: str, state: str, *, strict: bool) -> None:
        if state == PaymentState.KEYED.value:
            self.reserve(order_id, self.order_pieces(order_id, seq), strict=strict)
        elif state == PaymentState.PAID.value:
            self.sell(order_id, self.order_pieces(order_id, seq))
            for piece in self._returned(order_id, seq):
                # Entries may follow about a payment of which a piece was paid back.
                self.free(order_id, piece)
        elif state == PaymentState.UNWANTED.value or is_open(ATTEMPT, state) is False:
            # A charge that is given back pays for nothing.
            self.release(seq, order_id, key)

    def _exchange(self, order_id: str, body: dict[str, Any], *, strict: bool) -> None:
        """The old piece is free, the new one sold. Raises PieceTakenError, if `strict`, if another order holds that."""
        new = [body["line"]["piece"]]
        self.reserve(order_id, new, strict=strict)
        self._pieces.pop(order_id, None)
        self._unrefunded.discard(order_id)
        self.free(order_id, body["piece"])
        self.sell(order_id, new)

    def _hold(self, order_id: str, pieces: Collection[str], *, sold: bool) -> bool:
        """One that another order holds stays with it; False if there is one."""
        held = [
            self._execute(self._sql.hold_piece, (piece, piece, piece, order_id, int(sold)))
            for piece in pieces
        ]
        return all(held)

    def identity(self, piece: str) -> str:
        """The piece with serial of one that was scanned without; else the same piece."""
        rows = self._execute(self._sql.identity, (piece,))
        return rows[0][0] if rows else piece

    def _identify(self, scanned: str, piece: str) -> None:
        self._execute(self._sql.set_identity, (scanned, piece))
        if self.holds(scanned) and not self.holds(piece):
            self._execute(self._sql.rename_piece, (piece, scanned))

    def _continue(self, kind: str, body: dict[str, Any]) -> None:
        """What a file takes over from the one before it."""
        if kind == "carried":
            self._carry(body)
        else:
            self._raise_receipts(int((body["before"] or {}).get("receipts", 0)))

    def _carry(self, body: dict[str, Any]) -> None:
        for piece, ordered_as, order_id, sold in body["pieces"]:
            self._execute(self._sql.set_piece, (piece, ordered_as, order_id, sold))
            if piece != ordered_as:
                self._execute(self._sql.set_identity, (ordered_as, piece))

    def _set_open(self, kind: str, key: str, seq: int, *, opened: bool) -> None:
        if opened:
            self._execute(self._sql.set_open, (kind, key, seq))
        else:
            self._execute(self._sql.set_done, (kind, key))

    def _raise_receipts(self, number: int) -> None:
        self._execute(self._sql.raise_receipts, (number,))


def _parsed(body: Any) -> Any:
    return json.loads(body) if isinstance(body, str) else body


def _pieces_of(order: Any) -> list[str]:
    return [line["piece"] for line in with_piece_ids(order).get("lines", ())]


LOOKED_UP: Final = frozenset({ORDER, ATTEMPT, EXCHANGE, REFUND})
"""Kinds of entries that are looked up when a later entry changes a derived table."""
DERIVING: Final = frozenset(
    {
        ORDER,
        ATTEMPT,
        REFUND,
        FISCAL,
        FOLLOW_UP,
        TASK,
        EXCHANGE,
        TAKEN_BACK,
        *_ENDS,
        "receipt",
        IDENTITY,
        CHAIN,
        CARRIED,
    }
)
"""Kinds of entries that change a derived table."""
