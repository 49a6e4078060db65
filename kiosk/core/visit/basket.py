"""The basket: pieces that the shopper wants to buy. Nothing is in it before she touches it.

A chosen piece that leaves the room stays chosen but is not added up, since nobody pays for what is not with her. It is
counted again once it is certainly back.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, unique

from kiosk.core.domain.garment import Piece
from kiosk.core.domain.ids import PieceId
from kiosk.core.visit.payment_progress import Payment


@unique
class WhyNot(Enum):
    """Why a piece in the room cannot be bought."""

    BOUGHT = "bought"
    """Paid in this visit."""
    SOLD = "sold"
    """Paid already, at the desk or in another room."""
    UNKNOWN = "unknown"
    """Not in the catalogue."""
    UNSURE = "unsure"
    """The readers are not certain that it is in this room, and the shopper has not said that it is hers."""
    NO_PRICE = "no-price"
    """Without a price in the shop's currency."""


def why_not(piece: Piece, pay: Payment, currency: str) -> WhyNot | None:
    """Why this piece cannot be bought; None if it can. `currency`: that of the shop's prices (ISO 4217)."""
    if piece.piece_id in pay.bought:
        return WhyNot.BOUGHT
    if piece.sold:
        return WhyNot.SOLD
    if piece.garment is None:
        return WhyNot.UNKNOWN
    if not piece.certain:
        return WhyNot.UNSURE
    price = piece.garment.price
    return None if price.minor > 0 and price.currency == currency else WhyNot.NO_PRICE


def with_chosen(pay: Payment, pieces: frozenset[PieceId]) -> Payment:
    """These pieces put into the basket as well. A price for other pieces is dropped."""
    return replace(pay, chosen=pay.chosen | pieces, progress=None, tapped=False)


def without(pay: Payment, piece_id: PieceId) -> Payment:
    """A piece taken out of the basket. A price that included it is dropped."""
    left = tuple(p for p in pay.left if p.piece_id != piece_id)
    return replace(pay, chosen=pay.chosen - {piece_id}, left=left, progress=None, tapped=False)


def after_leaving(pay: Payment, piece: Piece, currency: str) -> Payment:
    """A piece has left the room: if it was chosen, it stays so, among those that are not with her."""
    if piece.piece_id not in pay.chosen:
        return pay
    if why_not(piece, pay, currency) is not None:
        return replace(pay, chosen=pay.chosen - {piece.piece_id})
    return replace(pay, left=(*pay.left, piece))


def after_return(pay: Payment, piece_id: PieceId) -> Payment:
    """A piece is in the room again."""
    return replace(pay, left=tuple(p for p in pay.left if p.piece_id != piece_id))


def exchanged(pay: Payment, old: PieceId, new: PieceId) -> Payment:
    """A paid piece was changed for another one, which is hers now and not to be bought any more."""
    after = pay if pay.busy or new not in pay.chosen else without(pay, new)
    return replace(after, bought=pay.bought - {old} | {new})
