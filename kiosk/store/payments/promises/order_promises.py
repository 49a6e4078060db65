"""The promises of an order, decided when it is priced. A fee is a line of the order, with its tax."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RoomId
from kiosk.core.domain.money import Money, total
from kiosk.core.domain.payment import Order, OrderLine
from kiosk.core.domain.promise.decision import Asked, Decision, Wanted, decide, offers
from kiosk.core.domain.promise.rules import DeliveryRules
from kiosk.core.domain.promise.values import (
    DeliveryOffers,
    DeliveryPromise,
    DeliveryWay,
    fee_article,
    fee_line_id,
    is_fee,
)
from kiosk.core.domain.shopper import Tier
from kiosk.core.domain.texts import LANGUAGES, NO_TEXT, LocalizedText
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.catalogue.tax_rates import taxed_order
from kiosk.store.errors import RefusedError
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

PAGE = "delivery"


def _fee_name() -> LocalizedText:
    return LocalizedText(tuple((language, page_texts(PAGE, language)["fee"]) for language in LANGUAGES))


@dataclass(frozen=True, slots=True)
class OrderPromises:
    """Of a shop. Without its rules of delivery everything is taken along."""

    shop: ShopSettings
    fee_name: LocalizedText = field(default_factory=_fee_name)

    def offers(self, lines: Sequence[OrderLine], zone: str, *, member: bool, now_us: int) -> DeliveryOffers:
        """What can be promised for these pieces now."""
        if self.rules is None:
            return DeliveryOffers(())
        return offers(self.rules, self._asked(lines, zone, member=member, now_us=now_us))

    @property
    def rules(self) -> DeliveryRules | None:
        """The rules of delivery."""
        return self.shop.delivery

    def order_of(
        self, room: RoomId, effect: PriceOrder, goods: tuple[OrderLine, ...], *, member: bool, now_us: int
    ) -> Order:
        """The order of priced pieces, with its fees, promises and taxes. Raises RefusedError as `of_order`."""
        lines, promises = self.of_order(effect, goods, member=member, now_us=now_us)
        added = self.shop.tax.added
        order = taxed_order(effect.order_id, room, effect.ticket, lines, self.shop.currency, added=added)
        return replace(order, promises=promises)

    def of_order(
        self, effect: PriceOrder, lines: tuple[OrderLine, ...], *, member: bool, now_us: int
    ) -> tuple[tuple[OrderLine, ...], tuple[DeliveryPromise, ...]]:
        """The lines with those of the fees, and what is promised; nothing where she takes everything along.

        Raises RefusedError for a way that is not offered.
        """
        ways = dict(effect.ways)
        if not ways:
            return lines, ()
        if self.rules is None or not ways.keys() <= {line.piece for line in lines}:
            raise RefusedError("this shop does not offer that, or not for these pieces")
        asked = self._asked(lines, effect.zone, member=member, now_us=now_us)
        wanted = [Wanted(line.piece, ways.get(line.piece, DeliveryWay.TAKE)) for line in lines]
        decision = decide(self.rules, asked, wanted)
        if decision.refused:
            raise RefusedError(f"a way is not offered now: {decision.refused[0][1].value}")
        promises = tuple(
            _with_fee_line(one, effect.order_id, n) for n, one in enumerate(decision.promises, start=1)
        )
        return (*lines, *self._fee_lines(promises)), promises

    def _asked(self, lines: Iterable[OrderLine], zone: str, *, member: bool, now_us: int) -> Asked:
        goods = total((line.price for line in lines if not is_fee(line.piece)), self.shop.currency)
        return Asked(now_us, goods, Tier.PROVED if member else Tier.GUEST, zone=zone)

    def _fee_lines(self, promises: Iterable[DeliveryPromise]) -> Iterable[OrderLine]:
        assert self.rules is not None  # without rules nothing is promised
        for one in promises:
            if one.fee is not None and one.fee_piece is not None:
                yield OrderLine(
                    one.fee_piece, fee_article(one.way), self.fee_name, NO_TEXT, "", one.fee,
                    rate_ppm=self.rules.fee_ppm,
                )  # fmt: skip

    def decided_again(self, order: Order) -> tuple[DeliveryPromise, ...]:
        """The promises of an order as they follow from what the ledger has of it, and from the same rules."""
        first = next(iter(order.promises), None)
        if self.rules is None or first is None:
            return ()
        goods = _goods_promised(order)
        decision = self._again(self.rules, order, goods, member=_of_member(order), now_us=first.decided_us)
        return tuple(
            _with_fee_line(one, order.order_id, n) for n, one in enumerate(decision.promises, start=1)
        )

    def fees_more_than(self, order: Order, more: int, *, member: bool, now_us: int) -> int:
        """What the fees of an order cost more now than it says, where its pieces cost `more`, in minor units; 0 where a
        way is not offered any more."""
        if self.rules is None or not order.promises:
            return 0
        goods = _goods_promised(order) + Money(more, self.shop.currency)
        now = self._again(self.rules, order, goods, member=member, now_us=now_us)
        return 0 if now.refused else _fees(now.promises) - _fees(order.promises)

    def is_outdated(self, order: Order, now_us: int) -> bool:
        """Whether the hour is over until which a day of the order could be promised, and it would be a later one now,
        or none."""
        if self.rules is None or not any(0 < one.order_by_us <= now_us for one in order.promises):
            return False
        goods = _goods_promised(order)
        now = self._again(self.rules, order, goods, member=_of_member(order), now_us=now_us)
        day_of = {piece: one.day for one in now.promises for piece in one.pieces}
        return bool(now.refused) or any(
            day_of.get(piece, "") > one.day for one in order.promises for piece in one.pieces
        )

    def _again(
        self, rules: DeliveryRules, order: Order, goods: Money, *, member: bool, now_us: int
    ) -> Decision:
        """The ways of an order, decided at another time or for another shopper."""
        zone = next((one.zone for one in order.promises if one.zone), "")
        way_of = {piece: one.way for one in order.promises for piece in one.pieces}
        wanted = [Wanted(line.piece, way_of[line.piece]) for line in order.lines if line.piece in way_of]
        asked = Asked(now_us, goods, Tier.PROVED if member else Tier.GUEST, zone=zone)
        return decide(rules, asked, wanted)


def _of_member(order: Order) -> bool:
    return any(one.guaranteed for one in order.promises)


def _goods_promised(order: Order) -> Money:
    promised = {piece for one in order.promises for piece in one.pieces}
    return total((line.price for line in order.lines if line.piece in promised), order.total.currency)


def _fees(promises: Iterable[DeliveryPromise]) -> int:
    return sum(one.fee.minor for one in promises if one.fee is not None)


def _with_fee_line(promise: DeliveryPromise, order_id: OrderId, number: int) -> DeliveryPromise:
    if promise.fee is None or not promise.fee.minor:
        return promise
    own = hashlib.sha256(order_id.encode()).hexdigest()[:16]
    return replace(promise, fee_piece=fee_line_id(promise.way, f"{own}-{number}"))


def goods_of(order: Order) -> tuple[OrderLine, ...]:
    """The garments of an order, without fees."""
    return tuple(line for line in order.lines if not is_fee(line.piece))


def pieces_of(order: Order) -> tuple[tuple[PieceId, ArticleId], ...]:
    """The pieces of an order, each with its article."""
    return tuple((line.piece, line.article) for line in goods_of(order))


def goods_paid(order: Order) -> Money:
    """What is paid for the garments of an order."""
    return total((line.paid for line in goods_of(order)), order.total.currency)


def goods_at_hand(order: Order) -> tuple[OrderLine, ...]:
    """The garments that she takes along, or that wait at the desk: neither sent nor kept for another day."""
    later = {piece for one in order.promises if one.is_kept_later for piece in one.pieces}
    return tuple(line for line in goods_of(order) if line.piece not in later)
