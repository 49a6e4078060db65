"""A piece that was scanned without a serial is identified by its tag: the visit goes on with the new id everywhere."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.ids import PieceId
from kiosk.core.visit.payment_progress import Payment
from kiosk.core.visit.state import Visit


def identified(visit: Visit, scanned: PieceId, piece_id: PieceId) -> Visit:
    """The visit with `piece_id` in the place of `scanned`: in the room, the focus, the basket and what is bought.

    Unchanged if `scanned` is not in the room. If both are, they become one piece. A chosen piece that had left the room
    is in it again.
    """
    if visit.piece(scanned) is None:
        return visit
    kept = (p for p in visit.pieces if p.piece_id != piece_id)
    pieces = tuple(replace(p, piece_id=piece_id) if p.piece_id == scanned else p for p in kept)
    focus = visit.focus
    if focus is not None and focus.piece == scanned:
        focus = replace(focus, piece=piece_id)
    ways = {piece_id if piece == scanned else piece: way for piece, way in visit.delivery.ways.items()}
    delivery = replace(visit.delivery, ways=ways)
    return replace(
        visit, pieces=pieces, focus=focus, pay=_paying(visit.pay, scanned, piece_id), delivery=delivery
    )


def _paying(pay: Payment, scanned: PieceId, piece_id: PieceId) -> Payment:
    return replace(
        pay,
        chosen=_renamed(pay.chosen, scanned, piece_id),
        left=tuple(p for p in pay.left if p.piece_id != piece_id),
        bought=_renamed(pay.bought, scanned, piece_id),
        identified={**pay.identified, scanned: piece_id},
    )


def _renamed(pieces: frozenset[PieceId], scanned: PieceId, piece_id: PieceId) -> frozenset[PieceId]:
    return pieces - {scanned} | {piece_id} if scanned in pieces else pieces
