"""The pieces of a look that an associate puts together for a room: which can be had, in which size, and which cannot.

What the store knows of a member (sizes, dislikes) is used only if she lets associates see clues about her: the answer
tells the associate of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.clues.dislikes import Dislike, is_unwanted
from kiosk.core.domain.floor.staff_message import LookPiece
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, RoomId
from kiosk.core.domain.shopper import Tier
from kiosk.store.advice.suggestions import LookSuggestions
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.customers import Customer, Customers
from kiosk.store.errors import NotFoundError, VisitOverError
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.floor.shop_floor import ShopFloor


@unique
class PieceProblem(Enum):
    """Why a piece is not sent to a mirror; the values name the page's texts."""

    UNKNOWN = "message-article"
    GONE = "message-gone"
    """None is in the shop in that size."""
    UNWANTED = "message-unwanted"
    """She does not want it, as associates know."""


@dataclass(frozen=True, slots=True)
class WantedPiece:
    """A piece that an associate has chosen. `hers`: in her size, whichever size `article` has."""

    article: ArticleId
    hers: bool = False


@dataclass(frozen=True, slots=True)
class CheckedPiece:
    """The piece that would be sent, or why none is. `piece` is also there with UNWANTED and, without `hers`, GONE."""

    wanted: WantedPiece
    piece: LookPiece | None
    problem: PieceProblem | None = None


class AssociateLooks:
    """Checks the pieces of looks. Safe from any thread; waits for no writer."""

    def __init__(
        self, floor: ShopFloor, catalogue: Catalogue, customers: Customers, advice: LookSuggestions
    ) -> None:
        self._floor, self._catalogue, self._customers, self._advice = floor, catalogue, customers, advice

    def checked(
        self, room: RoomId, occupied_since_us: int, wanted: Sequence[WantedPiece]
    ) -> tuple[CheckedPiece, ...]:
        """Each piece as it would be sent. Raises NotFoundError if nobody is in the room, VisitOverError for another
        visit than that of `occupied_since_us`, SQLAlchemyError."""
        visit = self._floor.room(room).visit
        if visit is None:
            raise NotFoundError("nobody is in this room")
        if visit.began_us != occupied_since_us:
            raise VisitOverError
        customer = self._member(visit)
        unwanted = (*visit.dislikes, *(customer.dislikes if customer is not None else ()))
        pieces = self._floor.garments_in(room)
        return tuple(self._check(one, customer, pieces, unwanted) for one in wanted)

    def _member(self, visit: StoreVisit) -> Customer | None:
        shopper = visit.shopper
        if shopper is None or shopper.tier < Tier.PROVED or not visit.clues:
            return None
        return self._customers.customer(shopper.shopper_id)

    def _check(
        self, wanted: WantedPiece, customer: Customer | None, pieces: Sequence[Garment], unwanted: Sequence[Dislike]
    ) -> CheckedPiece:  # fmt: skip
        garment = self._catalogue.garment(wanted.article)
        if garment is None:
            return CheckedPiece(wanted, None, PieceProblem.UNKNOWN)
        piece = self._advice.in_her_size(garment, customer, pieces) if wanted.hers else LookPiece(garment)
        if is_unwanted(garment, unwanted):
            return CheckedPiece(wanted, piece, PieceProblem.UNWANTED)
        return CheckedPiece(wanted, piece, None if _is_here(piece) else PieceProblem.GONE)


def _is_here(piece: LookPiece | None) -> bool:
    found = piece.garment.stock_of(piece.garment.article) if piece is not None else None
    return found is not None and found[1].here > 0
