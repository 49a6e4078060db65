"""Records sales and returns as item events and refreshes the garments that the rooms show."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.domain.ids import ArticleId, OrderId, article_of
from kiosk.core.domain.payment import Exchange, Order, Receipt
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents


class SalesEvents:
    """Called once for each order that is settled and each piece that is restocked."""

    def __init__(
        self, catalogue: Catalogue, floor: ShopFloor, item_events: ItemEvents, now_us: Callable[[], int]
    ) -> None:
        self._catalogue, self._floor, self._item_events, self._now = catalogue, floor, item_events, now_us
        self.paid: Callable[[Order, Receipt], None] = lambda _order, _receipt: None
        """An order is paid, perhaps not for the first time; set when the services are composed."""
        self.sold: Callable[[Order], None] = lambda _order: None
        """An order is settled, once; set when the services are composed."""
        self.pieces_changed: Callable[[OrderId], None] = lambda _order_id: None
        """A piece of a paid order was exchanged or is paid back; set when the services are composed."""

    def bought(self, order: Order) -> None:
        """The pieces of an order are sold."""
        found = (self._catalogue.garment(line.article) for line in order.lines)
        garments = [g for g in found if g is not None]
        basket = self._floor.basket_id_of(order.room, order.ticket)
        self._item_events.add(ItemEventKind.BOUGHT, [(g.item, g.size) for g in garments], self._now(), basket)
        self.sold(order)
        self._floor.catalogue_changed({g.style_id for g in garments})

    def exchanged(self, exchange: Exchange) -> None:
        """A sold piece was changed for another size: one came back, one was bought."""
        old, new = article_of(exchange.piece), exchange.line.article
        identity = self._catalogue.identity
        self._floor.piece_exchanged(identity(exchange.piece), identity(exchange.line.piece))
        self.returned(old)
        garment = self._catalogue.garment(new)
        if garment is not None:
            self._item_events.add(ItemEventKind.BOUGHT, [(garment.item, garment.size)], self._now())
            self._floor.catalogue_changed({garment.style_id})

    def returned(self, article: ArticleId) -> None:
        """One piece of this article is in the stock again."""
        garment = self._catalogue.garment(article)
        if garment is not None:
            self._item_events.add(ItemEventKind.RETURNED, [(garment.item, garment.size)], self._now())
        self._floor.catalogue_changed({garment.style_id} if garment else ())
